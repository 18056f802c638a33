namespace Rllc;

/// <summary>
/// Declares an optimizer: <c>[Sgd]</c> on a partial class is gradient descent with or without momentum as torch.optim.SGD has it. Weight
/// decay is added to the gradient. docs/adam.md has the formula. With decoupled weight decay, Nesterov's gradient and others it is a fixed law
/// (docs/gallery.md); this one can have critical gradients.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SgdAttribute : Attribute
{
    /// <summary>μ, what m keeps of itself in a step. At least 0 and below 1; default 0, and then there is no m.</summary>
    public double Momentum { get; set; }
}
