namespace Rllc;

/// <summary>Makes optimizers of parameters on the CPU.</summary>
internal sealed class CpuHosts(Func<long[], OptimizerOptions, Optimizer> createOnCpu) : LawHosts(createOnCpu)
{
    /// <inheritdoc/>
    public override LawHost Create(long[] lengths, OptimizerOptions options) => new CpuHost(CreateOnCpu(lengths, options));

    /// <inheritdoc/>
    public override LawHost Create(Optimizer state) => new CpuHost(state);

    /// <inheritdoc/>
    public override void Dispose()
    {
    }
}
