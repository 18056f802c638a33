using System.Runtime.CompilerServices;

namespace Rllc.Runtime.Tests.Cpu;

public class ForkJoinTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_worker_runs_every_job_once(int workerCount)
    {
        using var workers = new ForkJoin(workerCount);
        var counts = new int[workerCount];
        for (var run = 0; run < 1000; run++)
            workers.Run(worker => counts[worker]++);
        Assert.All(counts, count => Assert.Equal(1000, count));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void The_exception_of_a_worker_reaches_the_caller_and_the_next_job_runs(int failing)
    {
        using var workers = new ForkJoin(3);
        var thrown = Assert.Throws<InvalidTimeZoneException>(() => workers.Run(worker =>
        {
            if (worker == failing)
                throw new InvalidTimeZoneException();
        }));
        Assert.Contains(nameof(The_exception_of_a_worker_reaches_the_caller_and_the_next_job_runs), thrown.StackTrace);
        var runs = 0;
        workers.Run(_ => Interlocked.Increment(ref runs));
        Assert.Equal(3, runs);
    }

    [Fact]
    public void The_threads_are_background_threads_and_end_with_the_object()
    {
        var threads = StartThreads(dispose: true);
        Assert.All(threads, thread => Assert.True(thread.Join(TimeSpan.FromSeconds(10))));
    }

    [Fact]
    public void The_threads_of_a_forgotten_object_end_too()
    {
        var threads = StartThreads(dispose: false);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.All(threads, thread => Assert.True(thread.Join(TimeSpan.FromSeconds(10))));
    }

    // Not inlined, so that the caller's frame holds no reference.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Thread[] StartThreads(bool dispose)
    {
        var workers = new ForkJoin(3);
        var threads = new Thread[workers.WorkerCount];
        workers.Run(worker => threads[worker] = Thread.CurrentThread);
        Assert.Same(Thread.CurrentThread, threads[0]);
        Assert.All(threads[1..], thread => Assert.True(thread.IsBackground));
        if (dispose)
            workers.Dispose();
        return threads[1..];
    }
}
