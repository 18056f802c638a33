namespace Rllc;

/// <summary>The CPU's optimizer by a linear memory and its law.</summary>
internal sealed class CpuLawHost(Optimizer optimizer) : CpuHost(optimizer), ILawHost
{
    /// <inheritdoc/>
    public double LawLearningRate
    {
        get => optimizer.LawLearningRate;
        set => optimizer.LawLearningRate = value;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<double> LawCoefficients => optimizer.LawCoefficients;

    /// <inheritdoc/>
    public SquareMatrix Gram => optimizer.Gram;

    /// <inheritdoc/>
    public override StepReport LastStep => base.LastStep with { Law = LawCoefficients };
}
