namespace Rllc;

/// <summary>Lets one caller at a time use an optimizer and refuses a second one: they would share its memory. Allocates nothing.</summary>
internal struct ExclusiveUse
{
    private int _busy;

    /// <summary>Begins a use, which ends when the result is disposed.</summary>
    /// <param name="exclusive">Whose use: a field, not a copy.</param>
    /// <exception cref="InvalidOperationException">Another one has not ended.</exception>
    public static Use Enter(ref ExclusiveUse exclusive) =>
        Interlocked.Exchange(ref exclusive._busy, 1) == 0
            ? new(ref exclusive._busy)
            : throw new InvalidOperationException("The optimizer is in use by another thread.");

    /// <summary>A use that has begun.</summary>
    public readonly ref struct Use(ref int busy)
    {
        private readonly ref int _busy = ref busy;

        /// <summary>Ends it.</summary>
        public void Dispose() => Volatile.Write(ref _busy, 0);
    }
}
