namespace Rllc;

/// <summary>
/// Declares an optimizer: <c>[RmsProp]</c> on a partial class is RMSprop (T. Tieleman, G. Hinton, 2012) as torch.optim.RMSprop has it, not
/// centred, with ε outside the root. Weight decay is added to the gradient; the default learning rate is 0.01. docs/adam.md has the formula.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RmsPropAttribute : Attribute
{
    /// <summary>α, what v keeps of itself in a step. At least 0 and below 1; default 0.99.</summary>
    public double Alpha { get; set; } = 0.99;

    /// <summary>ε, what is added to the root of v. Above 0 in float32; default 1e-8.</summary>
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>μ, what m keeps of itself in a step. At least 0 and below 1; default 0, and then there is no m.</summary>
    public double Momentum { get; set; }
}
