namespace Rllc.Benchmarks.Roofline;

/// <summary>One thing that the optimizer is meant to reach.</summary>
/// <param name="Text">What.</param>
/// <param name="Figure">What was measured, in words.</param>
/// <param name="Met">Whether that is enough.</param>
internal sealed record Goal(string Text, string Figure, bool Met);
