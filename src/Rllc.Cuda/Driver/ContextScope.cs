using System.Runtime.InteropServices;

namespace Rllc.Cuda;

/// <summary>
/// Makes a context current for the calls of a block and then restores the thread's own, so that a library that shares the
/// thread never notices. While it lasts, its owner is not released, even if another thread disposes it.
/// </summary>
internal readonly ref struct ContextScope
{
    private readonly SafeHandle _owner;

    /// <exception cref="ObjectDisposedException">The owner is disposed.</exception>
    /// <exception cref="CudaException">The driver refuses.</exception>
    public ContextScope(SafeHandle owner, nint context)
    {
        ObjectDisposedException.ThrowIf(owner.IsClosed, owner);
        var added = false;
        owner.DangerousAddRef(ref added);
        _owner = owner;
        var result = DriverApi.cuCtxPushCurrent_v2(context);
        if (result == CuResult.Success)
            return;
        owner.DangerousRelease();
        throw new CudaException(result, "Making the device's context current");
    }

    /// <exception cref="CudaException">The driver refuses; the device's context may have stayed current.</exception>
    public void Dispose()
    {
        var result = DriverApi.cuCtxPopCurrent_v2(out _);
        _owner.DangerousRelease();
        result.Check("Restoring the thread's context");
    }
}
