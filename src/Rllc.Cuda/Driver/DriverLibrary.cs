using System.Runtime.InteropServices;

namespace Rllc.Cuda;

/// <summary>Finds the driver's library, which NVIDIA's driver installs; the CUDA toolkit has no part in it.</summary>
internal static class DriverLibrary
{
    /// <summary>The AppContext value with the path of another library, for a driver in an unusual place.</summary>
    public const string PathKey = "Rllc.Cuda.DriverLibrary";

    private static nint _handle;

    /// <summary>The loaded library. Thread-safe.</summary>
    /// <exception cref="CudaUnavailableException">It cannot be loaded; the next call tries again.</exception>
    public static nint Load()
    {
        if (_handle != 0)
            return _handle;
        var path = AppContext.GetData(PathKey) as string ?? SystemPath;
        try
        {
            return _handle = NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new CudaUnavailableException(
                $"There is no CUDA driver: its library '{path}' cannot be loaded. Install NVIDIA's driver (the CUDA toolkit is not needed), "
                + $"name the library in the runtime option '{PathKey}' if it is elsewhere, or stay on the CPU.", e);
        }
    }

    // On Windows by its full path, so that no library of that name beside the program is taken for it.
    private static string SystemPath =>
        OperatingSystem.IsWindows() ? Path.Combine(Environment.SystemDirectory, "nvcuda.dll") : "libcuda.so.1";
}
