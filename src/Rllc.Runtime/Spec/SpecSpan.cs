namespace Rllc.Spec;

/// <summary>A run of characters of a spec: where it starts and how many UTF-16 characters it has.</summary>
/// <param name="Start">Index of the first character.</param>
/// <param name="Length">Number of characters; never 0 in a diagnostic.</param>
public readonly record struct SpecSpan(int Start, int Length)
{
    /// <summary>Index of the first character after the span.</summary>
    public int End => Start + Length;
}
