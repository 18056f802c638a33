using Rllc;

namespace Landscapes.Optimizers;

/// <summary>Gradient descent.</summary>
[Propagator("M(0)")]
[FixedLaw(1)]
public sealed partial class GradientDescent;

/// <summary>Polyak's momentum.</summary>
[Propagator("M(0.9)")]
[FixedLaw(1)]
public sealed partial class Momentum;

/// <summary>Nesterov's momentum.</summary>
[Propagator("M(0.9) ⊕ M(0)")]
[FixedLaw(0.9, 1)]
public sealed partial class Nesterov;

/// <summary>Aggregated momentum.</summary>
[Propagator("M(0) ⊕ M(0.9) ⊕ M(0.99)")]
[FixedLaw(1.0 / 3, 1.0 / 3, 1.0 / 3)]
public sealed partial class AggMo;

/// <summary>Momentum and the plain gradient, mixed as the function asks for.</summary>
[Propagator("M(0.9) ⊕ M(0)")]
public sealed partial class LearnedMix;

/// <summary>Adam.</summary>
[Adam]
public sealed partial class PlainAdam;

/// <summary>Adam of gradients to which those of the steps with the largest ones are added.</summary>
[Adam, CriticalGradients]
public sealed partial class CriticalGradientAdam;

/// <summary>Adam with a momentum to which those of the steps with the largest gradients are added.</summary>
[Adam, CriticalMomenta]
public sealed partial class CriticalMomentumAdam;
