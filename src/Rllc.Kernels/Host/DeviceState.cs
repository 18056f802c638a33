using ILGPU.Runtime;

namespace Rllc.Kernels;

/// <summary>What an optimizer keeps on an accelerator.</summary>
/// <typeparam name="TViews">What its kernels are launched with.</typeparam>
internal sealed class DeviceState<TViews> : IDisposable where TViews : struct
{
    private readonly DeviceBuffers _buffers;

    /// <summary>Allocates and fills everything; waits until that is done, so that a step may be on any stream.</summary>
    /// <param name="accelerator">Where.</param>
    /// <param name="fill">Allocates and fills, on the default stream.</param>
    public DeviceState(Accelerator accelerator, Func<DeviceBuffers, TViews> fill)
    {
        _buffers = new DeviceBuffers(accelerator);
        try
        {
            Views = fill(_buffers);
            accelerator.DefaultStream.Synchronize();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What the kernels work on.</summary>
    public TViews Views { get; }

    /// <summary>Waits for the accelerator, then frees everything.</summary>
    public void Dispose() => _buffers.Dispose();
}
