using BenchmarkDotNet.Attributes;

namespace Rllc.Benchmarks.Steps;

/// <summary>One step of the 65 tensors of <see cref="ResNet20"/> under one law, on one thread.</summary>
[MemoryDiagnoser]
public class GroupedBenchmarks
{
    private readonly Arrays _arrays = new();
    private IStep _exact1 = null!, _exact2 = null!, _delayed2 = null!, _adam = null!, _adamByTensor = null!;

    [GlobalSetup]
    public void Setup()
    {
        _arrays.Allocate(ResNet20.Length, bytesBesides: 0);
        var (θ, g) = (_arrays.Parameters, _arrays.Gradient);
        Setting exact = new(LawTiming.Exact, MemoryFormat.Float32, Threads: 1);
        _exact1 = new GroupedStep(Declared.Momentum, exact, θ, g);
        _exact2 = new GroupedStep(Declared.MomentumMix, exact, θ, g);
        _delayed2 = new GroupedStep(Declared.MomentumMix, exact with { Timing = LawTiming.Delayed }, θ, g);
        _adam = new FusedAdam(θ, g, threads: 1);
        _adamByTensor = new FusedAdamByTensor(θ, g);
    }

    [Benchmark]
    public void ExactMomentum() => _exact1.Step();

    [Benchmark]
    public void ExactMomentumMix() => _exact2.Step();

    [Benchmark]
    public void DelayedMomentumMix() => _delayed2.Step();

    [Benchmark(Baseline = true)]
    public void FlatAdam() => _adam.Step();

    [Benchmark]
    public void AdamByTensor() => _adamByTensor.Step();

    [GlobalCleanup]
    public void Cleanup()
    {
        foreach (IDisposable part in new IDisposable[] { _exact1, _exact2, _delayed2, _adam, _adamByTensor, _arrays })
            part.Dispose();
    }
}
