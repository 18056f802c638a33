namespace Rllc.Benchmarks.Steps;

/// <summary>A loop over vectors, written by hand, on one or several threads with equal shares.</summary>
internal abstract class FusedLoop : IStep
{
    /// <summary>Floats in a cache line and in a vector, as in the emitted kernels; shares begin and end on one.</summary>
    protected const int Width = 16;

    private readonly ForkJoin _workers;
    private readonly Action<int> _job;
    private readonly long _length;

    protected FusedLoop(int length, int threads, Traffic traffic)
    {
        _workers = new ForkJoin(threads);
        _job = Work;
        _length = length;
        Traffic = traffic;
    }

    /// <inheritdoc/>
    public Traffic Traffic { get; }

    /// <inheritdoc/>
    public virtual void Step() => _workers.Run(_job);

    /// <inheritdoc/>
    public virtual void Dispose() => _workers.Dispose();

    /// <summary>The elements from <paramref name="first"/> to before <paramref name="end"/>, whole vectors.</summary>
    protected abstract void Run(nuint first, nuint end);

    private void Work(int worker) => Run(Share(worker), Share(worker + 1));

    private nuint Share(int worker) => (nuint)(_length / Width * worker / _workers.WorkerCount * Width);
}
