using Rllc.Cuda;

namespace Rllc;

/// <summary>The optimizer of a CUDA device by a linear memory and its law.</summary>
/// <param name="optimizer">The optimizer.</param>
/// <param name="createOnCpu">Makes an optimizer of the CPU, by way of which checkpoints go.</param>
internal sealed class CudaLawHost(CudaOptimizer optimizer, Func<long[], TensorOptimizerOptions, TensorOptimizer> createOnCpu)
    : CudaHost(optimizer, createOnCpu), ILawHost
{
    /// <inheritdoc/>
    public double LawLearningRate
    {
        get => optimizer.LawLearningRate;
        set => optimizer.LawLearningRate = value;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<double> LawCoefficients => optimizer.ReadLaw(CudaStream.Default);

    /// <inheritdoc/>
    public SquareMatrix Gram => optimizer.ReadGram(CudaStream.Default);

    /// <inheritdoc/>
    public override StepReport LastStep
    {
        get
        {
            var report = base.LastStep;
            return report.Law.IsEmpty ? report with { Law = LawCoefficients } : report;
        }
    }
}
