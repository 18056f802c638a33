namespace Rllc;

/// <summary>
/// A call's hold on an optimizer, until it is disposed: native memory under two callers at once would be a crash instead of an
/// exception. It keeps the optimizer from the garbage collector as well.
/// </summary>
internal readonly ref struct ExclusiveUse
{
    private readonly ref int _busy;

    /// <summary>Begins it.</summary>
    /// <param name="busy">The optimizer's flag, 0 while nobody uses it.</param>
    /// <exception cref="InvalidOperationException">Another thread is using the optimizer.</exception>
    public ExclusiveUse(ref int busy)
    {
        if (Interlocked.Exchange(ref busy, 1) != 0)
            throw new InvalidOperationException("The optimizer is in use by another thread.");
        _busy = ref busy;
    }

    /// <summary>Ends it.</summary>
    public void Dispose() => Volatile.Write(ref _busy, 0);
}
