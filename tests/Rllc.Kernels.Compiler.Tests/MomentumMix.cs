using Rllc;

/// <summary>What the consumer's project declares, under its name there.</summary>
[Propagator("M(0.9) ⊕ M(0)")]
public sealed partial class MomentumMix;
