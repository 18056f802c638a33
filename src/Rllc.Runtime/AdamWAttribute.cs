namespace Rllc;

/// <summary>
/// Declares an optimizer: <c>[AdamW]</c> on a partial class is AdamW (arXiv 1711.05101) as torch.optim.AdamW has it, with bias corrections and ε
/// outside the root. Weight decay is decoupled from the gradient; its default is 0.01. docs/adam.md has the formula.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class AdamWAttribute : Attribute
{
    /// <summary>β₁, what m keeps of itself in a step. At least 0 and below 1; default 0.9.</summary>
    public double Beta1 { get; set; } = 0.9;

    /// <summary>β₂, what v keeps of itself in a step. At least 0 and below 1; default 0.999.</summary>
    public double Beta2 { get; set; } = 0.999;

    /// <summary>ε, what is added to the root of v. Above 0 in float32; default 1e-8.</summary>
    public double Epsilon { get; set; } = 1e-8;
}
