namespace Rllc;

/// <summary>
/// Claims that a class with [FixedLaw] updates parameters as another one does: that every past gradient counts the same in both.
/// The compiler proves it or says where they differ. What is equal is the rule alone, not learning rates or other hyperparameters.
/// </summary>
/// <param name="optimizer">The other class, in this project or a referenced one.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class EquivalentToAttribute(Type optimizer) : Attribute
{
    /// <summary>The other class.</summary>
    public Type Optimizer { get; } = optimizer;
}
