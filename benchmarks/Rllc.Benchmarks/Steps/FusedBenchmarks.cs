using BenchmarkDotNet.Attributes;

namespace Rllc.Benchmarks.Steps;

/// <summary>One step of the optimizers that are fused by hand.</summary>
[MemoryDiagnoser]
public class FusedBenchmarks
{
    // m of momentum; m and v of Adam and of AdamW.
    private const int BytesOfMemory = 5 * sizeof(float);

    private readonly Arrays _arrays = new();
    private IStep _sgd = null!, _momentum = null!, _adam = null!, _adamW = null!;

    /// <summary>n.</summary>
    [Params(1_000, 270_000, 1_000_000, 10_000_000, 100_000_000)]
    public int N { get; set; }

    /// <summary>The number of threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _arrays.Allocate(N, BytesOfMemory);
        _sgd = new FusedSgd(_arrays.Parameters, _arrays.Gradient, Threads);
        _momentum = new FusedMomentum(_arrays.Parameters, _arrays.Gradient, Threads);
        _adam = new FusedAdam(_arrays.Parameters, _arrays.Gradient, Threads);
        _adamW = new FusedAdam(_arrays.Parameters, _arrays.Gradient, Threads, weightDecay: 0.01f);
    }

    [Benchmark]
    public void Sgd() => _sgd.Step();

    [Benchmark]
    public void Momentum() => _momentum.Step();

    [Benchmark(Baseline = true)]
    public void Adam() => _adam.Step();

    [Benchmark]
    public void AdamW() => _adamW.Step();

    [GlobalCleanup]
    public void Cleanup()
    {
        foreach (IDisposable part in new IDisposable[] { _sgd, _momentum, _adam, _adamW, _arrays })
            part.Dispose();
    }
}
