namespace Rllc.Generators;

/// <summary>A [CriticalMomenta] or [CriticalGradients] attribute.</summary>
/// <param name="HoldsMomenta">Which of the two.</param>
/// <param name="Capacity">C, the number of entries.</param>
/// <param name="Decay">What priorities are multiplied with in a step.</param>
/// <param name="IsReference">Whether it is that of the authors' program.</param>
internal sealed record CriticalDeclaration(bool HoldsMomenta, int Capacity, double Decay, bool IsReference);
