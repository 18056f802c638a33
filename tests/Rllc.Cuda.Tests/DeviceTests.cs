namespace Rllc.Cuda.Tests;

public class DeviceTests
{
    [SkippableFact]
    public void A_device_is_opened_in_this_order_and_with_nothing_made_current()
    {
        using var driver = new FakeDriver(devices: 2);
        using (new CudaDevice(1))
            Assert.Equal(
                [
                    "cuInit(0)", "cuDriverGetVersion()", "cuDeviceGetCount()", "cuDeviceGet(1)",
                    "cuDeviceGetName(1)", "cuDeviceGetAttribute(75, 1)", "cuDeviceGetAttribute(76, 1)", "cuDeviceGetAttribute(16, 1)",
                    "cuDevicePrimaryCtxRetain(1)",
                ],
                driver.TakeLog());
        Assert.Equal(["cuDevicePrimaryCtxRelease_v2(1)"], driver.TakeLog());
    }

    [SkippableFact]
    public void A_device_tells_what_it_is()
    {
        using var driver = new FakeDriver(major: 9, minor: 0);
        using var device = new CudaDevice(0);
        Assert.Equal(0, device.Ordinal);
        Assert.Equal("Recording device 0", device.Name);
        Assert.Equal(new Version(9, 0), device.ComputeCapability);
        Assert.Equal(new Version(12, 4), device.DriverVersion);
        Assert.Equal(4, device.MultiprocessorCount);
    }

    [SkippableFact]
    public void Each_instance_retains_the_primary_context_once()
    {
        using var driver = new FakeDriver();
        var first = new CudaDevice(0);
        var second = new CudaDevice(0);
        using (new DeviceMemory<float>(first, 1))
        using (new DeviceMemory<float>(first, 1))
            Assert.Equal("memory 2, context 2", driver.Live);
        first.Dispose();
        first.Dispose();
        Assert.Equal("context 1", driver.Live);
        second.Dispose();
        Assert.Equal("", driver.Live);
    }

    [SkippableFact]
    public void Whatever_is_called_leaves_the_context_current_that_it_has_found()
    {
        using var driver = new FakeDriver(devices: 2);
        using var other = new CudaDevice(1);
        DriverApi.cuCtxPushCurrent_v2(other.Context);
        using (var device = new CudaDevice(0))
        using (var memory = new DeviceMemory<int>(device, 3))
        using (var module = new CudaModule(device, Ptx.Kernel("Kernel", ".u32 _a"), "kernels", PtxCache.None))
        {
            Assert.Equal(1, driver.Current);
            memory.Clear(CudaStream.Default);
            var kernel = module.GetKernel("Kernel");
            kernel.Launch(new(1, 1), CudaStream.Default, 1);
            Assert.Throws<CudaException>(() => kernel.Launch(new(0, 1), CudaStream.Default, 1));
            Assert.Throws<CudaException>(() => module.GetKernel("Nothing"));
            Assert.Throws<ArgumentException>(() => memory.CopyFrom(default, CudaStream.Default));
            device.Synchronize(CudaStream.Default);
            Assert.Equal(1, driver.Current);
        }
        Assert.Equal(1, driver.Current);
        DriverApi.cuCtxPopCurrent_v2(out _);
    }

    [SkippableFact]
    public void A_stream_is_waited_for_in_the_device_s_context()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        driver.TakeLog();
        device.Synchronize(new CudaStream(42));
        Assert.Equal(["cuCtxPushCurrent_v2(0)", "cuStreamSynchronize(42)", "cuCtxPopCurrent_v2()"], driver.TakeLog());
    }
}
