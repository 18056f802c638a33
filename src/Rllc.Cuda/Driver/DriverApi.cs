using System.Runtime.InteropServices;

namespace Rllc.Cuda;

/// <summary>
/// The driver's functions, under its own names and with its own types: device, context, module, function, stream and event
/// are opaque handles, CUdeviceptr is a ulong, size_t a nuint.
/// </summary>
internal static unsafe partial class DriverApi
{
    private const string Library = "cuda";

    // PTX ISA 7.0 and cuDevicePrimaryCtxRelease_v2 came with 11.0; every other function is older.
    private const int OldestVersion = 11000;

    static DriverApi() =>
        NativeLibrary.SetDllImportResolver(typeof(DriverApi).Assembly, (name, _, _) => name == Library ? DriverLibrary.Load() : 0);

    /// <summary>Starts the driver; every call after the first is a formality. To be called before anything else.</summary>
    /// <returns>The newest version of CUDA that the driver supports: 1000·major + 10·minor.</returns>
    /// <exception cref="CudaUnavailableException">There is no driver library or no device, or the driver does not start or is too old.</exception>
    public static int Initialize()
    {
        DriverLibrary.Load();
        var result = cuInit(0);
        if (result == CuResult.NoDevice)
            throw new CudaUnavailableException(
                $"There is no CUDA device: the driver reports {result.Describe()}. Check that nvidia-smi lists one and that "
                + "CUDA_VISIBLE_DEVICES does not hide it, or stay on the CPU.");
        if (result != CuResult.Success)
            throw new CudaUnavailableException(
                $"The CUDA driver does not start: {result.Describe()}. Check that nvidia-smi works; after an update of the driver "
                + "the machine may need a restart.");
        cuDriverGetVersion(out var version).Check("Asking for the driver's version");
        if (version < OldestVersion)
            throw new CudaUnavailableException(
                $"The CUDA driver is too old: it supports CUDA {ToVersion(version)}, {ToVersion(OldestVersion)} is needed. Install a newer driver.");
        return version;
    }

    /// <summary>12040 as 12.4.</summary>
    public static Version ToVersion(int version) => new(version / 1000, version % 1000 / 10);

    [LibraryImport(Library)]
    public static partial CuResult cuInit(uint flags);

    [LibraryImport(Library)]
    public static partial CuResult cuDriverGetVersion(out int version);

    [LibraryImport(Library)]
    public static partial CuResult cuGetErrorName(CuResult error, out nint name);

    [LibraryImport(Library)]
    public static partial CuResult cuGetErrorString(CuResult error, out nint text);

    [LibraryImport(Library)]
    public static partial CuResult cuDeviceGetCount(out int count);

    [LibraryImport(Library)]
    public static partial CuResult cuDeviceGet(out int device, int ordinal);

    [LibraryImport(Library)]
    public static partial CuResult cuDeviceGetName(byte* name, int size, int device);

    [LibraryImport(Library)]
    public static partial CuResult cuDeviceGetAttribute(out int value, DeviceAttribute attribute, int device);

    [LibraryImport(Library)]
    public static partial CuResult cuDevicePrimaryCtxRetain(out nint context, int device);

    [LibraryImport(Library)]
    public static partial CuResult cuDevicePrimaryCtxRelease_v2(int device);

    [LibraryImport(Library)]
    public static partial CuResult cuCtxPushCurrent_v2(nint context);

    [LibraryImport(Library)]
    public static partial CuResult cuCtxPopCurrent_v2(out nint context);

    [LibraryImport(Library)]
    public static partial CuResult cuCtxSynchronize();

    [LibraryImport(Library)]
    public static partial CuResult cuStreamSynchronize(nint stream);

    [LibraryImport(Library)]
    public static partial CuResult cuEventCreate(out nint @event, EventFlags flags);

    [LibraryImport(Library)]
    public static partial CuResult cuEventRecord(nint @event, nint stream);

    [LibraryImport(Library)]
    public static partial CuResult cuEventSynchronize(nint @event);

    [LibraryImport(Library)]
    public static partial CuResult cuEventDestroy_v2(nint @event);

    [LibraryImport(Library)]
    public static partial CuResult cuMemAlloc_v2(out ulong address, nuint size);

    [LibraryImport(Library)]
    public static partial CuResult cuMemFree_v2(ulong address);

    [LibraryImport(Library)]
    public static partial CuResult cuMemHostAlloc(out nint pointer, nuint size, uint flags);

    [LibraryImport(Library)]
    public static partial CuResult cuMemFreeHost(nint pointer);

    [LibraryImport(Library)]
    public static partial CuResult cuMemcpyHtoDAsync_v2(ulong destination, void* source, nuint size, nint stream);

    [LibraryImport(Library)]
    public static partial CuResult cuMemcpyDtoHAsync_v2(void* destination, ulong source, nuint size, nint stream);

    [LibraryImport(Library)]
    public static partial CuResult cuMemcpyDtoDAsync_v2(ulong destination, ulong source, nuint size, nint stream);

    [LibraryImport(Library)]
    public static partial CuResult cuMemsetD8Async(ulong address, byte value, nuint size, nint stream);

    [LibraryImport(Library)]
    public static partial CuResult cuModuleLoadDataEx(out nint module, void* image, uint optionCount, JitOption* options, nint* values);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial CuResult cuModuleGetFunction(out nint function, nint module, string name);

    [LibraryImport(Library)]
    public static partial CuResult cuModuleUnload(nint module);

    [LibraryImport(Library)]
    public static partial CuResult cuLinkCreate_v2(uint optionCount, JitOption* options, nint* values, out nint state);

    [LibraryImport(Library)]
    public static partial CuResult cuLinkAddData_v2(
        nint state, JitInput type, void* data, nuint size, byte* name, uint optionCount, JitOption* options, nint* values);

    [LibraryImport(Library)]
    public static partial CuResult cuLinkComplete(nint state, out void* cubin, out nuint size);

    [LibraryImport(Library)]
    public static partial CuResult cuLinkDestroy(nint state);

    [LibraryImport(Library)]
    public static partial CuResult cuLaunchKernel(
        nint function, uint gridX, uint gridY, uint gridZ, uint blockX, uint blockY, uint blockZ, uint sharedBytes, nint stream,
        void** arguments, void** extra);
}
