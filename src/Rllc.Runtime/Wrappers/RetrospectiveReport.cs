namespace Rllc;

/// <summary>What one step of a retrospective wrapper did.</summary>
/// <param name="Applied">
/// Whether the law was applied; false where the wrapped optimizer has left all parameters as they were (a step that it skipped, or one with
/// a learning rate of 0), or has made one of them not finite: the law and the last learning step then stay what they were, and the
/// parameters what the optimizer has left.
/// </param>
/// <param name="Law">L after this step.</param>
public readonly record struct RetrospectiveReport(bool Applied, double Law);
