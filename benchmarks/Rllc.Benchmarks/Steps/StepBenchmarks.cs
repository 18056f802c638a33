using BenchmarkDotNet.Attributes;

namespace Rllc.Benchmarks.Steps;

/// <summary>One step of a declared optimizer, at every size, timing and number of threads.</summary>
[MemoryDiagnoser]
public class StepBenchmarks
{
    private readonly Arrays _arrays = new();
    private IStep _step = null!;

    /// <summary>n; the largest takes 4 GB with seven units.</summary>
    [Params(1_000, 270_000, 1_000_000, 10_000_000, 100_000_000)]
    public int N { get; set; }

    /// <summary>The number of threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>The timing of the law.</summary>
    [Params(LawTiming.Exact, LawTiming.Delayed)]
    public LawTiming Timing { get; set; }

    /// <summary>The declared memory.</summary>
    [ParamsSource(nameof(Specs))]
    public string Spec { get; set; } = "";

    /// <summary>The declared memories.</summary>
    public static IEnumerable<string> Specs => Declared.All.Select(declared => declared.Name);

    [GlobalSetup]
    public void Setup()
    {
        _arrays.Allocate(N);
        _step = new DeclaredStep(Declared.All.Single(declared => declared.Name == Spec), Timing, _arrays.Parameters, _arrays.Gradient, Threads);
    }

    [Benchmark]
    public void Step() => _step.Step();

    [GlobalCleanup]
    public void Cleanup()
    {
        _step.Dispose();
        _arrays.Dispose();
    }
}

/// <summary>One step of the optimizers that are fused by hand.</summary>
[MemoryDiagnoser]
public class FusedBenchmarks
{
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
        _arrays.Allocate(N);
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

/// <summary>θ and g.</summary>
internal sealed class Arrays : IDisposable
{
    public AlignedFloats Parameters { get; private set; } = null!;

    public AlignedFloats Gradient { get; private set; } = null!;

    public void Allocate(int n) => (Parameters, Gradient) = (AlignedFloats.Normal(n, seed: 1), AlignedFloats.Normal(n, seed: 2));

    public void Dispose()
    {
        Parameters.Dispose();
        Gradient.Dispose();
    }
}
