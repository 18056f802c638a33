using System.Runtime.CompilerServices;

namespace Rllc.Runtime.Tests.Cpu;

public class OptimizerThreadTests
{
    private const int Length = 20_001;

    [Theory]
    [InlineData(LawTiming.Exact)]
    [InlineData(LawTiming.Delayed)]
    public void Results_are_the_same_bits_for_every_number_of_threads(LawTiming timing)
    {
        using var expected = Run.Of(Length, Options(timing, threads: 1)).Steps(0, 10);
        foreach (var threads in new[] { 0, 2, 3, 4, 5 })
        {
            using var run = Run.Of(Length, Options(timing, threads)).Steps(0, 10);
            Assert.Equal(expected.State(), run.State());
        }
    }

    [Fact]
    public void A_refreshed_Gram_matrix_is_the_same_bits_for_every_number_of_threads()
    {
        using var expected = Run.Of(Length, Options(LawTiming.Exact, threads: 1)).Steps(0, 258);
        using var run = Run.Of(Length, Options(LawTiming.Exact, threads: 3)).Steps(0, 258);
        Assert.Equal(expected.State(), run.State());
    }

    [Fact]
    public void More_threads_than_chunks_do_no_harm()
    {
        using var expected = Run.Of(100, new() { Threads = 1 }).Steps(0, 3);
        using var run = Run.Of(100, new() { Threads = 50 }).Steps(0, 3);
        Assert.Equal(expected.State(), run.State());
    }

    [Theory]
    [InlineData(LawTiming.Exact, 1)]
    [InlineData(LawTiming.Exact, 2)]
    [InlineData(LawTiming.Delayed, 1)]
    [InlineData(LawTiming.Delayed, 2)]
    public void A_step_allocates_nothing(LawTiming timing, int threads)
    {
        // Long enough to have computed G afresh once: a first call may allocate, because the runtime remembers what it resolved.
        using var run = Run.Of(Length, Options(timing, threads)).Steps(0, 300);
        var gradient = Run.Gradient(Length, step: 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 0; step < 300; step++)
            run.Optimizer.Step(run.Parameters, gradient);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void The_exception_of_a_kernel_reaches_the_caller_from_every_thread()
    {
        using var optimizer = new Failing(Length, new() { Threads = 3 });
        Assert.Throws<InvalidTimeZoneException>(() => optimizer.Step(new float[Length], new float[Length]));
        Assert.Throws<InvalidTimeZoneException>(() => optimizer.Step(new float[Length], new float[Length]));
    }

    [Fact]
    public void A_forgotten_optimizer_is_collected_though_it_has_threads()
    {
        var forgotten = Forget();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.False(forgotten.IsAlive);
    }

    // Not inlined, so that the caller's frame holds no reference.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Forget() => new(Run.Of(Length, Options(LawTiming.Exact, threads: 3)).Steps(0, 2).Optimizer);

    private static OptimizerOptions Options(LawTiming timing, int threads) =>
        new() { Timing = timing, SkipNonFinite = timing == LawTiming.Exact, Threads = threads, LawLearningRate = 0.02 };

    private sealed class Failing(long length, OptimizerOptions options) : Optimizer(LinearMemory.Parse("M(0)"), length, options)
    {
        protected override void Project<TLanes, TElement>(ref TElement M, ref float g, int count, Span<double> sums)
        {
            // The last piece, which is not the caller's.
            if (count < Partition.ChunkLength)
                throw new InvalidTimeZoneException();
        }

        protected override void Advance<TLanes, TElement>(ref TElement M, ref float θ, ref float g, int count, in StepCoefficients step) =>
            throw new NotSupportedException();

        protected override void ProjectAndAdvance<TLanes, TElement>(ref TElement M, ref float θ, ref float g, int count, in StepCoefficients step, Span<double> sums) =>
            throw new NotSupportedException();
    }
}
