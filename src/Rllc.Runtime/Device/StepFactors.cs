namespace Rllc;

/// <summary>
/// What a step found, for the kernel that writes M and θ: of a linear memory g ← scale·g, M ← MB + gaᵀ, θ ← decay·θ + M·law
/// (arXiv 2402.15262, algorithm 1, with decoupled weight decay), where its law is StepLaw, its decay that of the tensor; of moments g ←
/// scale·g and what <see cref="MomentFactors"/> says.
/// </summary>
internal struct StepFactors
{
    /// <summary>‖g‖₂ without the loss scale, before clipping.</summary>
    public double GradientNorm;

    /// <summary>What the gradient was clipped with; 1 if it was not.</summary>
    public double ClipFactor;

    /// <summary>What the raw gradient is multiplied with: ±1 / loss scale · clip factor, negative where the gradient is ascended.</summary>
    public float GradientScale;

    /// <summary>0 if nothing must be written in this step; the other factors that the kernel needs are then those of an earlier one.</summary>
    public int Applied;
}
