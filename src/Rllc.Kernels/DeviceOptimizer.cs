using ILGPU.Runtime;

namespace Rllc.Kernels;

/// <summary>An optimizer on a device.</summary>
public abstract class DeviceOptimizer
{
    /// <summary>An optimizer with an empty memory.</summary>
    /// <param name="accelerator">The device.</param>
    /// <param name="memory">The memory.</param>
    /// <param name="lengths">The numbers of parameters of the tensors.</param>
    /// <param name="options">Hyperparameters.</param>
    /// <param name="kernels">The class of the emitted kernels.</param>
    protected DeviceOptimizer(Accelerator accelerator, LinearMemory memory, ReadOnlySpan<long> lengths, OptimizerOptions options, Type kernels) =>
        throw new NotSupportedException();
}
