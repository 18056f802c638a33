namespace Rllc;

/// <summary>Makes optimizers of parameters on the CPU.</summary>
/// <param name="createOnCpu">Makes an optimizer of the CPU, with an empty memory.</param>
/// <param name="host">Makes the host of an optimizer of the CPU.</param>
internal sealed class CpuHosts(Func<long[], TensorOptimizerOptions, TensorOptimizer> createOnCpu, Func<TensorOptimizer, TensorHost> host) : TensorHosts(createOnCpu)
{
    /// <inheritdoc/>
    public override TensorHost Create(long[] lengths, TensorOptimizerOptions options) => host(CreateOnCpu(lengths, options));

    /// <inheritdoc/>
    public override TensorHost Create(TensorOptimizer state) => host(state);

    /// <inheritdoc/>
    public override void Dispose()
    {
    }
}
