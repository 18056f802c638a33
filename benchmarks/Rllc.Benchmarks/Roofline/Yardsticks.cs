using Rllc.Benchmarks.Steps;

namespace Rllc.Benchmarks.Roofline;

/// <summary>What others are measured against at one n and number of threads, and the arrays that all share.</summary>
internal sealed class Yardsticks : IDisposable
{
    private readonly AlignedFloats _x;

    public Yardsticks(int n, int threads)
    {
        (N, Threads) = (n, threads);
        Parameters = AlignedFloats.Normal(n, seed: 1);
        Gradient = AlignedFloats.Normal(n, seed: 2);
        _x = AlignedFloats.Zeros(n);
        Adam = new FusedAdam(Parameters, Gradient, threads);
        Triad = new Triad(_x, Gradient, threads);
        Copy = new Copy(_x, Gradient, threads);
    }

    /// <summary>n.</summary>
    public int N { get; }

    /// <summary>Number of threads.</summary>
    public int Threads { get; }

    /// <summary>θ.</summary>
    public AlignedFloats Parameters { get; }

    /// <summary>g.</summary>
    public AlignedFloats Gradient { get; }

    /// <summary>The fused Adam.</summary>
    public IStep Adam { get; }

    /// <summary>x ← x + s·y.</summary>
    public IStep Triad { get; }

    /// <summary>x ← y.</summary>
    public IStep Copy { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable part in new IDisposable[] { Adam, Triad, Copy, Parameters, Gradient, _x })
            part.Dispose();
    }
}
