using ILGPU.Runtime;

namespace Rllc.Kernels.Tests;

/// <summary>The generated kernels of M(0.9) ⊕ M(0) on a device, with options of any type.</summary>
internal sealed class MomentumMixOnDevice(Accelerator accelerator, long[] lengths, OptimizerOptions? options = null)
    : DeviceOptimizer(accelerator, LinearMemory.Parse("M(0.9) ⊕ M(0)"), lengths, options ?? new(), typeof(Declared.MomentumMix.DeviceKernels));
