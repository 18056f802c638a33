namespace Rllc.Benchmarks.Steps;

/// <summary>How a declared optimizer is run.</summary>
/// <param name="Timing">The timing of the law.</param>
/// <param name="Format">What M is kept in.</param>
/// <param name="Threads">The number of threads.</param>
internal readonly record struct Setting(LawTiming Timing, MemoryFormat Format, int Threads)
{
    /// <summary>An optimizer's options with it.</summary>
    public TOptions Of<TOptions>(TOptions defaults)
        where TOptions : OptimizerOptions =>
        defaults with { Timing = Timing, SkipNonFinite = Timing == LawTiming.Exact, MemoryFormat = Format, Threads = Threads };
}
