using Rllc.Cuda;

namespace Rllc;

/// <summary>Makes optimizers of parameters on a CUDA device, in torch's context there.</summary>
/// <param name="device">The device, which is disposed along.</param>
/// <param name="memory">B and a.</param>
/// <param name="ptx">The kernels of the memory, for a format.</param>
/// <param name="cache">Where kernels compiled for the device are kept.</param>
/// <param name="createOnCpu">Makes an optimizer of the CPU, with an empty memory.</param>
internal sealed class CudaHosts(
    CudaDevice device, LinearMemory memory, Func<MemoryFormat, byte[]> ptx, PtxCache cache, Func<long[], TensorOptimizerOptions, TensorOptimizer> createOnCpu)
    : TensorHosts(createOnCpu)
{
    /// <inheritdoc/>
    public override TensorHost Create(long[] lengths, TensorOptimizerOptions options) => new CudaHost(NewOptimizer(lengths, options), CreateOnCpu);

    /// <inheritdoc/>
    public override TensorHost Create(TensorOptimizer state)
    {
        var optimizer = NewOptimizer(state.Lengths, state.CommonOptions);
        try
        {
            optimizer.CopyFrom((Optimizer)state, CudaStream.Default);
        }
        catch
        {
            optimizer.Dispose();
            throw;
        }
        state.Dispose();
        return new CudaHost(optimizer, CreateOnCpu);
    }

    /// <inheritdoc/>
    public override void Dispose() => device.Dispose();

    private CudaOptimizer NewOptimizer(ReadOnlySpan<long> lengths, TensorOptimizerOptions options) =>
        new(device, memory, ptx(options.MemoryFormat), lengths, (OptimizerOptions)options, cache);
}
