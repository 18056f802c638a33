using System.Reflection;
using System.Runtime.Loader;

namespace Rllc.Cuda.Tests;

public class DriverStartTests
{
    [Fact]
    public void A_missing_library_is_named_with_what_to_do()
    {
        var thrown = StartWith("/nowhere/libcuda.so.1");
        Assert.Equal(typeof(CudaUnavailableException).FullName, thrown.GetType().FullName);
        Assert.StartsWith("There is no CUDA driver: its library '/nowhere/libcuda.so.1' cannot be loaded. Install NVIDIA's driver", thrown.Message);
        Assert.IsType<DllNotFoundException>(thrown.InnerException);
    }

    [Fact]
    public void A_file_that_is_no_library_is_named_as_well()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["libcuda.so.1"], "no library");
        Assert.Contains($"'{folder["libcuda.so.1"]}' cannot be loaded", StartWith(folder["libcuda.so.1"]).Message);
    }

    [SkippableFact]
    public void No_device_is_said_in_words()
    {
        using var driver = new FakeDriver(devices: 0);
        var thrown = Assert.Throws<CudaUnavailableException>(() => new CudaDevice(0));
        Assert.StartsWith("There is no CUDA device: the driver reports CUDA_ERROR_NO_DEVICE (100): no CUDA-capable device is detected.", thrown.Message);
        Assert.Throws<CudaUnavailableException>(() => CudaDevice.Count);
    }

    [SkippableFact]
    public void A_driver_that_does_not_start_gives_its_reason()
    {
        using var driver = new FakeDriver();
        driver.Fail("cuInit", 803);
        var thrown = Assert.Throws<CudaUnavailableException>(() => new CudaDevice(0));
        Assert.StartsWith("The CUDA driver does not start: CUDA_ERROR_SYSTEM_DRIVER_MISMATCH (803): system has unsupported", thrown.Message);
        driver.Fail("cuInit", 12345);
        thrown = Assert.Throws<CudaUnavailableException>(() => new CudaDevice(0));
        Assert.StartsWith("The CUDA driver does not start: CUDA_ERROR_12345 (12345). Check", thrown.Message);
    }

    [SkippableFact]
    public void A_driver_that_is_too_old_is_told_its_version()
    {
        using var driver = new FakeDriver(version: 10020);
        var thrown = Assert.Throws<CudaUnavailableException>(() => new CudaDevice(0));
        Assert.StartsWith("The CUDA driver is too old: it supports CUDA 10.2, 11.0 is needed.", thrown.Message);
    }

    [SkippableFact]
    public void Devices_are_counted_and_one_that_is_not_there_is_refused()
    {
        using var driver = new FakeDriver(devices: 2);
        Assert.Equal(2, CudaDevice.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CudaDevice(-1));
        var thrown = Assert.Throws<ArgumentOutOfRangeException>(() => new CudaDevice(2));
        Assert.StartsWith("There are 2 CUDA devices, counted from 0; there is no device 2.", thrown.Message);
        Assert.Equal("", driver.Live);
    }

    // A copy of the library with a state of its own: this process has found its driver already, or will.
    private static Exception StartWith(string path)
    {
        var before = AppContext.GetData(DriverLibrary.PathKey);
        var context = new AssemblyLoadContext("without driver", isCollectible: true);
        try
        {
            AppContext.SetData(DriverLibrary.PathKey, path);
            var device = context.LoadFromAssemblyPath(typeof(CudaDevice).Assembly.Location).GetType(typeof(CudaDevice).FullName!)!;
            return Assert.Throws<TargetInvocationException>(() => Activator.CreateInstance(device, 0)).InnerException!;
        }
        finally
        {
            AppContext.SetData(DriverLibrary.PathKey, before);
            context.Unload();
        }
    }
}
