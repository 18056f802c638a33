namespace Rllc;

/// <summary>When a correction of the learning law takes effect.</summary>
public enum LawTiming
{
    /// <summary>In the step whose gradient it was computed from; two passes over the memory (3k+4 floats per parameter).</summary>
    Exact,

    /// <summary>One step later; a single pass over the memory (2k+3 floats per parameter).</summary>
    Delayed,
}
