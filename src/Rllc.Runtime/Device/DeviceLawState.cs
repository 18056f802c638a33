namespace Rllc;

/// <summary>A law as a device keeps it between two steps: with M, all of the past that the next step depends on.</summary>
/// <param name="Counters">Steps, and whether G is to be computed afresh.</param>
/// <param name="L">The law, k coefficients.</param>
/// <param name="G">The Gram matrix MᵀM, k×k, row by row.</param>
/// <param name="Pending">Delayed timing's correction from the last step, still without c₂; k coefficients.</param>
internal sealed record DeviceLawState(LawCounters Counters, double[] L, double[] G, double[] Pending);
