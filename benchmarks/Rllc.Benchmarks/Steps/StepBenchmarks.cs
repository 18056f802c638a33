using BenchmarkDotNet.Attributes;

namespace Rllc.Benchmarks.Steps;

/// <summary>One step of a declared optimizer, at every size, timing, memory format and number of threads.</summary>
[MemoryDiagnoser]
public class StepBenchmarks
{
    private readonly Arrays _arrays = new();
    private IStep _step = null!;

    /// <summary>n.</summary>
    [Params(1_000, 270_000, 1_000_000, 10_000_000, 100_000_000)]
    public int N { get; set; }

    /// <summary>The number of threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>The timing of the law.</summary>
    [Params(LawTiming.Exact, LawTiming.Delayed)]
    public LawTiming Timing { get; set; }

    /// <summary>What M is kept in.</summary>
    [ParamsAllValues]
    public MemoryFormat Format { get; set; }

    /// <summary>The declared memory.</summary>
    [ParamsSource(nameof(Specs))]
    public string Spec { get; set; } = "";

    /// <summary>The declared memories.</summary>
    public static IEnumerable<string> Specs => Declared.All.Select(declared => declared.Name);

    [GlobalSetup]
    public void Setup()
    {
        var declared = Declared.All.Single(declared => declared.Name == Spec);
        _arrays.Allocate(N, bytesBesides: declared.Cost(Format).BytesOfMemory);
        _step = new DeclaredStep(declared, new(Timing, Format, Threads), _arrays.Parameters, _arrays.Gradient);
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
