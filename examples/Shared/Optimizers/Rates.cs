namespace Shared.Optimizers;

/// <summary>How fast an optimizer learns.</summary>
/// <param name="Learning">c₁.</param>
/// <param name="Law">c₂; without meaning for an optimizer without a law.</param>
internal readonly record struct Rates(double Learning, double Law);
