using static System.FormattableString;

namespace Rllc.Benchmarks.Steps;

/// <summary>θ and g.</summary>
internal sealed class Arrays : IDisposable
{
    public AlignedFloats Parameters { get; private set; } = null!;

    public AlignedFloats Gradient { get; private set; } = null!;

    /// <summary>Makes them, if there is room for them and for what comes besides, in bytes per parameter.</summary>
    /// <exception cref="InsufficientMemoryException">There is not.</exception>
    public void Allocate(int n, int bytesBesides)
    {
        var needed = (2L * sizeof(float) + bytesBesides) * n;
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        // What else runs wants some too, and a machine that swaps measures its disk.
        if (needed > 0.8 * available)
            throw new InsufficientMemoryException(Invariant($"Skipped: n = {n:N0} takes {1e-9 * needed:0.0} GB, and the machine has {1e-9 * available:0.0}."));
        (Parameters, Gradient) = (AlignedFloats.Normal(n, seed: 1), AlignedFloats.Normal(n, seed: 2));
    }

    public void Dispose()
    {
        Parameters.Dispose();
        Gradient.Dispose();
    }
}
