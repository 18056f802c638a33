namespace Rllc;

/// <summary>What the kernels of a step by moments count, so that no step waits for the host.</summary>
internal struct MomentCounters
{
    /// <summary>Number of steps applied.</summary>
    public long Step;

    /// <summary>Number of steps skipped.</summary>
    public long Skipped;
}
