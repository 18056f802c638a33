using Rllc.Cuda;
using TorchSharp;

namespace Rllc.Emulation.Tests.Torch;

/// <summary>An optimizer of parameters on the CPU.</summary>
[Propagator("M(0.9) ⊕ M2(0.5)")]
public sealed partial class Mix : TorchOptimizer;

/// <summary>The same, which takes the CPU's memory for that of the emulated device, which must be there.</summary>
[Propagator("M(0.9) ⊕ M2(0.5)")]
public sealed partial class MixOnCuda : TorchOptimizer
{
    private protected override TensorHosts NewHosts(torch.Device device) =>
        new CudaLawHosts(new CudaDevice(0), LinearMemory, format => Modules.Of(typeof(MixOnCuda), format), PtxCache.None, NewOnCpu);
}
