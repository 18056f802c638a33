namespace Rllc;

/// <summary>What a law begins with on a device, beside B and a of the layout; whatever is not here begins with zeros.</summary>
internal sealed class LawStart
{
    /// <summary>The law of some options.</summary>
    /// <param name="layout">The memory.</param>
    /// <param name="options">Validated options.</param>
    public LawStart(DeviceLayout layout, OptimizerOptions options)
    {
        L = LawState.Of(layout.Memory, options).L;
        if ((layout.Memory as LinearMemory)?.S is not { } S)
            return;
        this.S = S.ToRowMajor();
        InverseS = new RelaxedInverse(options.Relaxation, options.Epsilon, S).InverseS.ToArray();
    }

    /// <summary>A linear memory's <see cref="LinearMemory.S"/>, k×k, row by row. Of any other nothing: diag(G) stands for it.</summary>
    public double[] S { get; } = [];

    /// <summary>S⁻¹, likewise.</summary>
    public double[] InverseS { get; } = [];

    /// <summary>L₀, k coefficients.</summary>
    public double[] L { get; }
}
