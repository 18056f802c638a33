namespace Rllc.Generators;

/// <summary>The buffer of an Adam. All literals are ready.</summary>
/// <param name="HoldsMomenta">Whether it holds momenta, and not gradients.</param>
/// <param name="Capacity">C, the number of entries.</param>
/// <param name="Decay">What priorities are multiplied with in a step, as a literal.</param>
/// <param name="IsReference">Whether it is that of the authors' program.</param>
internal sealed record CriticalPlan(bool HoldsMomenta, int Capacity, string Decay, bool IsReference)
{
    /// <summary>Whether a step has anything to do with it; one without entries leaves the kernel plain.</summary>
    public bool HasEntries => Capacity > 0;
}
