namespace Rllc;

/// <summary>What the law's kernels count, so that no step waits for the host.</summary>
internal struct LawCounters
{
    /// <summary>Number of steps applied.</summary>
    public long Step;

    /// <summary>Number of steps skipped.</summary>
    public long Skipped;

    /// <summary>1 if the recurrence does not know of all that is in the memory: the coming step computes G from it, then clears this.</summary>
    public int GramRequested;
}
