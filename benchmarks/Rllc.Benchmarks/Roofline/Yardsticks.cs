using Rllc.Benchmarks.Steps;

namespace Rllc.Benchmarks.Roofline;

/// <summary>What others are measured against at one n and number of threads, and the arrays that all share.</summary>
internal sealed class Yardsticks : IDisposable
{
    public Yardsticks(int n, int threads)
    {
        (N, Threads) = (n, threads);
        Parameters = AlignedFloats.Normal(n, seed: 1);
        Gradient = AlignedFloats.Normal(n, seed: 2);
        Scratch = AlignedFloats.Zeros(n);
        Adam = new FusedAdam(Parameters, Gradient, threads);
        Triad = new Triad(Scratch, Gradient, threads);
        Reading = new Reading(Scratch, Gradient, threads);
    }

    /// <summary>n.</summary>
    public int N { get; }

    /// <summary>Number of threads.</summary>
    public int Threads { get; }

    /// <summary>θ.</summary>
    public AlignedFloats Parameters { get; }

    /// <summary>g.</summary>
    public AlignedFloats Gradient { get; }

    /// <summary>What may be overwritten.</summary>
    public AlignedFloats Scratch { get; }

    /// <summary>The fused Adam.</summary>
    public IStep Adam { get; }

    /// <summary>x ← x + s·y.</summary>
    public IStep Triad { get; }

    /// <summary>Σ x·y.</summary>
    public IStep Reading { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable part in new IDisposable[] { Adam, Triad, Reading, Parameters, Gradient, Scratch })
            part.Dispose();
    }
}
