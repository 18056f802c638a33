namespace Rllc;

/// <summary>
/// Gives an optimizer with <see cref="AdamAttribute"/>, <see cref="AdamWAttribute"/>, <see cref="RmsPropAttribute"/> or <see cref="SgdAttribute"/> a buffer of critical gradients (arXiv
/// 2106.10708): gradients of the steps with the largest gradients; m and v are those of the gradient and the mean of the buffer.
/// docs/adam.md has the formula.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CriticalGradientsAttribute : Attribute
{
    /// <summary>C, how many entries the buffer has: 0 to 1024, where 0 is the plain optimizer. Default 5.</summary>
    public int Capacity { get; set; } = 5;

    /// <summary>What the priority of an entry, the norm of its step's gradient, is multiplied with in every step. Above 0 and at most 1; default 0.7.</summary>
    public double Decay { get; set; } = 0.7;

    /// <summary>Whose buffer it is. Default <see cref="Compatibility.None"/>.</summary>
    public Compatibility Compatibility { get; set; }
}
