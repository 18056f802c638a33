namespace Rllc.Cuda;

/// <summary>Kernels, compiled for a device and loaded. Unloading them waits for the device's work. Thread-safe.</summary>
public sealed unsafe class CudaModule : CudaObject
{
    private readonly string _name;

    /// <summary>Compiles PTX for the device, or takes what an earlier run has compiled, and loads it.</summary>
    /// <param name="device">Where.</param>
    /// <param name="ptx">The text, in UTF-8, for the device's compute capability or an earlier one.</param>
    /// <param name="name">What it is, for messages: "the kernels of MomentumMix".</param>
    /// <param name="cache">Where compiled kernels are kept, or <see cref="PtxCache.None"/>.</param>
    /// <exception cref="ObjectDisposedException">The device is disposed.</exception>
    /// <exception cref="CudaException">The PTX does not compile, and the message has the compiler's log; or the driver refuses.</exception>
    public CudaModule(CudaDevice device, ReadOnlySpan<byte> ptx, string name, PtxCache cache) : base(device)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(cache);
        _name = name;
        using var scope = device.Enter();
        Own(new PtxLoader(device, ptx, name).Load(cache));
    }

    /// <summary>Finds a kernel.</summary>
    /// <param name="name">The entry's name in the PTX.</param>
    /// <exception cref="ObjectDisposedException">The module is disposed.</exception>
    /// <exception cref="CudaException">There is no such kernel, or the driver refuses.</exception>
    public CudaKernel GetKernel(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        using var scope = Enter();
        var result = DriverApi.cuModuleGetFunction(out var function, handle, name);
        if (result != CuResult.Success)
            throw new CudaException(result, $"Finding '{name}' in {_name}");
        return new(this, function, name);
    }

    internal CuResult Launch(nint function, LaunchShape shape, CudaStream stream, void** arguments)
    {
        using var scope = Enter();
        return DriverApi.cuLaunchKernel(
            function, (uint)shape.Blocks, 1, 1, (uint)shape.ThreadsPerBlock, 1, 1, (uint)shape.SharedBytes, stream.Handle, arguments, extra: null);
    }

    private protected override CuResult Free()
    {
        // The driver does not promise to wait for kernels that it unloads. Work that has failed is no longer under way.
        DriverApi.cuCtxSynchronize();
        return DriverApi.cuModuleUnload(handle);
    }
}
