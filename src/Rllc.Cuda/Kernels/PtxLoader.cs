namespace Rllc.Cuda;

/// <summary>Loads PTX into the current context, by way of the cache where there is one.</summary>
internal readonly unsafe ref struct PtxLoader
{
    private readonly CudaDevice _device;
    private readonly string _name;

    // With the NUL that the driver finds its end by.
    private readonly byte[] _ptx;

    public PtxLoader(CudaDevice device, ReadOnlySpan<byte> ptx, string name)
    {
        _device = device;
        _name = name;
        _ptx = [.. ptx, 0];
    }

    /// <summary>The loaded module.</summary>
    /// <exception cref="CudaException">The PTX does not compile, or the driver refuses.</exception>
    public nint Load(PtxCache cache)
    {
        if (cache == PtxCache.None)
            return LoadPtx();
        var key = new CubinKey(_ptx, _device);
        if (cache.Find(key) is { } cached && LoadCubin(cached, out var module))
            return module;
        if (PtxLinker.Link(_ptx) is not { } cubin || !LoadCubin(cubin, out module))
            return LoadPtx();
        cache.Store(key, cubin);
        return module;
    }

    private static bool LoadCubin(byte[] cubin, out nint module)
    {
        fixed (byte* image = cubin)
            return DriverApi.cuModuleLoadDataEx(out module, image, 0, null, null) == CuResult.Success;
    }

    private nint LoadPtx()
    {
        var log = new JitLog();
        fixed (byte* image = _ptx)
        {
            var result = log.Load(out var module, image);
            return result == CuResult.Success ? module : throw new CudaException(result, $"Loading {_name}", log.Text);
        }
    }
}
