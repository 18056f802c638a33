namespace Rllc.Benchmarks.Roofline;

/// <summary>One thing that the optimizer is meant to reach.</summary>
/// <param name="Text">What.</param>
/// <param name="Figure">What was measured, in words.</param>
/// <param name="Met">Whether that is enough.</param>
/// <param name="Explanation">What the same run says about a miss.</param>
internal sealed record Goal(string Text, string Figure, bool Met, string Explanation)
{
    /// <summary>Why it is missed; empty where it is met.</summary>
    public string Why => Met ? "" : Explanation;
}
