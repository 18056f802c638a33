using Rllc.Cuda;
using TorchSharp;

namespace Rllc.Emulation.Tests.Torch;

/// <summary>An optimizer of parameters on the CPU.</summary>
[Adam]
public sealed partial class PlainAdam : TorchMomentOptimizer;

/// <summary>The same, which takes the CPU's memory for that of the emulated device, which must be there.</summary>
[Adam]
public sealed partial class PlainAdamOnCuda : TorchMomentOptimizer
{
    private protected override TensorHosts NewHosts(torch.Device device) =>
        new CudaMomentHosts(new CudaDevice(0), DeclaredFormula, format => Modules.Of(typeof(PlainAdamOnCuda), format), PtxCache.None, NewOnCpu);
}

/// <summary>An optimizer of parameters on the CPU, with a buffer.</summary>
[AdamW, CriticalMomenta(Capacity = 3)]
public sealed partial class Critical : TorchMomentOptimizer;

/// <summary>The same, on the emulated device.</summary>
[AdamW, CriticalMomenta(Capacity = 3)]
public sealed partial class CriticalOnCuda : TorchMomentOptimizer
{
    private protected override TensorHosts NewHosts(torch.Device device) =>
        new CudaMomentHosts(new CudaDevice(0), DeclaredFormula, format => Modules.Of(typeof(CriticalOnCuda), format), PtxCache.None, NewOnCpu);
}
