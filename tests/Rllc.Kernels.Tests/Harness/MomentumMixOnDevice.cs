using ILGPU.Runtime;

namespace Rllc.Kernels.Tests;

/// <summary>What is to be generated for M(0.9) ⊕ M(0) on a device, written by hand.</summary>
internal sealed class MomentumMixOnDevice(Accelerator accelerator, long[] lengths, OptimizerOptions? options = null)
    : DeviceOptimizer(accelerator, LinearMemory.Parse("M(0.9) ⊕ M(0)"), lengths, options ?? new(), typeof(MomentumMixByHand));
