using Rllc.Cuda;

namespace Rllc;

/// <summary>Makes optimizers by moments of parameters on a CUDA device.</summary>
/// <param name="device">The device, which is disposed along.</param>
/// <param name="formula">What the kernels implement.</param>
/// <param name="ptx">The kernels of the formula, for a format.</param>
/// <param name="cache">Where kernels compiled for the device are kept.</param>
/// <param name="createOnCpu">Makes an optimizer of the CPU, with an empty memory.</param>
internal sealed class CudaMomentHosts(
    CudaDevice device, MomentFormula formula, Func<MemoryFormat, byte[]> ptx, PtxCache cache, Func<long[], TensorOptimizerOptions, TensorOptimizer> createOnCpu)
    : CudaHosts(device, createOnCpu)
{
    private readonly CudaDevice _device = device;

    /// <inheritdoc/>
    private protected override TensorHost NewHost(long[] lengths, TensorOptimizerOptions options, TensorOptimizer? state)
    {
        // Before the kernels are looked for: there are none for a format that is refused.
        MomentOptimizer.Validate((MomentOptions)options);
        var optimizer = new CudaMomentOptimizer(_device, formula, ptx(options.MemoryFormat), lengths, (MomentOptions)options, cache);
        return new CudaHost(WithState(optimizer, state), CreateOnCpu);
    }
}
