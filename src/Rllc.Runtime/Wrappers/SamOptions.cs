namespace Rllc;

/// <summary>How far sharpness-aware minimisation ascends, and by which measure.</summary>
public sealed record SamOptions
{
    /// <summary>
    /// ρ, the length of the ascent. At least 0; default 0.05, that of arXiv 2010.01412. With <see cref="Adaptive"/> it is a length relative
    /// to the parameters: arXiv 2102.11600 takes 0.5.
    /// </summary>
    public double Radius { get; init; } = 0.05;

    /// <summary>
    /// Whether the ascent is measured relative to the parameters, element by element (ASAM, arXiv 2102.11600), so that it does not depend on
    /// how a network shares a factor out among its layers; default false.
    /// </summary>
    public bool Adaptive { get; init; }

    /// <summary>
    /// η: with <see cref="Adaptive"/> a parameter is measured by |θ| + η, so that one of 0 moves too. At least 0; default 0.01, that of
    /// arXiv 2102.11600.
    /// </summary>
    public double AdaptiveOffset { get; init; } = 0.01;

    /// <summary>Checks every option against its documented bounds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its bounds.</exception>
    internal void Validate()
    {
        OptimizerOptionsValidation.AtLeastZero(Radius, nameof(Radius));
        OptimizerOptionsValidation.AtLeastZero(AdaptiveOffset, nameof(AdaptiveOffset));
    }

    /// <summary>Whether there is a direction to ascend in: the gradient is neither 0 nor not finite.</summary>
    /// <param name="norm">‖g‖₂, with <see cref="Adaptive"/> ‖Tg‖₂.</param>
    /// <param name="radius">ρ.</param>
    /// <param name="factor">What g (with <see cref="Adaptive"/> T²g) is then multiplied with to ascend by ρ.</param>
    internal static bool HasDirection(double norm, double radius, out double factor)
    {
        factor = radius / norm;
        return norm > 0 && double.IsFinite(norm) && double.IsFinite(factor);
    }
}
