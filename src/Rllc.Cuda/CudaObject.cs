using System.Runtime.InteropServices;

namespace Rllc.Cuda;

/// <summary>
/// Something that lives in a device's context and keeps that context, so that it may be disposed after its device. Disposing
/// it, or forgetting it and leaving it to the garbage collector, never throws.
/// </summary>
public abstract class CudaObject : SafeHandle
{
    private readonly CudaDevice _device;

    private protected CudaObject(CudaDevice device) : base(0, ownsHandle: true)
    {
        ArgumentNullException.ThrowIfNull(device);
        _device = device;
    }

    /// <inheritdoc/>
    public sealed override bool IsInvalid => handle == 0;

    /// <summary>Takes over what was created in the context, and with it a reference to the context.</summary>
    private protected void Own(nint created)
    {
        var added = false;
        _device.DangerousAddRef(ref added);
        SetHandle(created);
    }

    /// <summary>Makes the context current until the scope is disposed.</summary>
    private protected ContextScope Enter() => new(this, _device.Context);

    /// <summary>Frees what <see cref="Own"/> has taken over, in its context. Must not throw.</summary>
    private protected abstract CuResult Free();

    /// <inheritdoc/>
    protected sealed override bool ReleaseHandle()
    {
        // A driver that no longer lets its context be entered has gone down, and what it had is gone with it.
        var result = DriverApi.cuCtxPushCurrent_v2(_device.Context);
        if (result == CuResult.Success)
        {
            result = Free();
            DriverApi.cuCtxPopCurrent_v2(out _);
        }
        _device.DangerousRelease();
        return result == CuResult.Success;
    }
}
