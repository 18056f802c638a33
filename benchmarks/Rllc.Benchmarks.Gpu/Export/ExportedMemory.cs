namespace Rllc.Benchmarks.Gpu;

/// <summary>A memory; matrices are row by row.</summary>
/// <param name="Name">The declaring class.</param>
/// <param name="Spec">Its spec, canonical.</param>
/// <param name="UnitCount">k.</param>
/// <param name="B">The propagation matrix as the kernels have it, in float32.</param>
/// <param name="a">The input vector, likewise.</param>
/// <param name="S">The solution of S = BᵀSB + aaᵀ.</param>
/// <param name="InverseS">S⁻¹.</param>
/// <param name="Formats">Its kernels, format by format.</param>
internal sealed record ExportedMemory(
    string Name,
    string Spec,
    int UnitCount,
    IReadOnlyList<double> B,
    IReadOnlyList<double> a,
    IReadOnlyList<double> S,
    IReadOnlyList<double> InverseS,
    IReadOnlyList<ExportedFormat> Formats)
{
    /// <summary>What is written of a memory beside its kernels.</summary>
    /// <param name="name">The declaring class.</param>
    /// <param name="memory">The memory.</param>
    /// <param name="formats">Its kernels.</param>
    public static ExportedMemory Of(string name, LinearMemory memory, IReadOnlyList<ExportedFormat> formats)
    {
        var layout = new DeviceLayout(memory, [], MemoryFormat.Float32);
        var inverse = new RelaxedInverse(Relaxation.Invariant, new OptimizerOptions().Epsilon, memory.S);
        return new(name, memory.Spec!.ToString(), memory.UnitCount, layout.B, layout.a, memory.S.ToRowMajor(), inverse.InverseS.ToArray(), formats);
    }
}
