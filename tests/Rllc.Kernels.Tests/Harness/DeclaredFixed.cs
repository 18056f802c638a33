namespace Rllc.Kernels.Tests;

/// <summary>An optimizer whose law never learns.</summary>
public static partial class DeclaredFixed
{
    [Propagator("M(0.9) ⊕ M(0)"), FixedLaw(0.9, 1)]
    public sealed partial class Nesterov;
}
