using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace Rllc.Kernels.Tests;

/// <summary>ILGPU's CPU accelerator, shared by the tests of a collection: it takes longer to begin than most of them to run.</summary>
public sealed class CpuDevice : IDisposable
{
    private readonly Context _context = Context.Create(builder => builder.CPU(CPUDeviceKind.Nvidia));

    public CpuDevice() => Accelerator = _context.CreateCPUAccelerator(0);

    public Accelerator Accelerator { get; }

    public void Dispose()
    {
        Accelerator.Dispose();
        _context.Dispose();
    }
}
