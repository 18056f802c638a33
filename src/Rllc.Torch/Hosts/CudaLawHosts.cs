using Rllc.Cuda;

namespace Rllc;

/// <summary>Makes optimizers by a memory with a law of parameters on a CUDA device.</summary>
/// <param name="device">The device, which is disposed along.</param>
/// <param name="memory">The memory.</param>
/// <param name="ptx">The kernels of the memory, for a format.</param>
/// <param name="cache">Where kernels compiled for the device are kept.</param>
/// <param name="createOnCpu">Makes an optimizer of the CPU, with an empty memory.</param>
internal sealed class CudaLawHosts(
    CudaDevice device, MemoryRule memory, Func<MemoryFormat, byte[]> ptx, PtxCache cache, Func<long[], TensorOptimizerOptions, TensorOptimizer> createOnCpu)
    : CudaHosts(device, createOnCpu)
{
    private readonly CudaDevice _device = device;

    /// <inheritdoc/>
    private protected override TensorHost NewHost(long[] lengths, TensorOptimizerOptions options, TensorOptimizer? state)
    {
        var optimizer = new CudaOptimizer(_device, memory, ptx(options.MemoryFormat), lengths, (OptimizerOptions)options, cache);
        return new CudaLawHost(WithState(optimizer, state), CreateOnCpu);
    }
}
