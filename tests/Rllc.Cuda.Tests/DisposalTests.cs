using System.Runtime.CompilerServices;

namespace Rllc.Cuda.Tests;

public class DisposalTests
{
    [SkippableFact]
    public void Everything_may_be_disposed_in_every_order()
    {
        using var driver = new FakeDriver();
        foreach (var order in Orders([0, 1, 2, 3, 4]))
        {
            var everything = Everything();
            foreach (var i in order)
                everything[i].Dispose();
            Assert.Equal("", driver.Live);
        }
    }

    [SkippableFact]
    public void The_context_is_kept_until_the_last_object_is_gone()
    {
        using var driver = new FakeDriver();
        var device = new CudaDevice(0);
        var memory = new DeviceMemory<int>(device, 1);
        device.Dispose();
        Assert.Equal("memory 1, context 1", driver.Live);
        memory.Clear(CudaStream.Default);
        driver.TakeLog();
        memory.Dispose();
        Assert.Equal(["cuCtxPushCurrent_v2", "cuMemFree_v2", "cuCtxPopCurrent_v2", "cuDevicePrimaryCtxRelease_v2"], driver.TakeCalls());
    }

    [SkippableFact]
    public void What_is_forgotten_is_freed_by_the_garbage_collector()
    {
        using var driver = new FakeDriver();
        Forget();
        FakeDriver.CollectGarbage();
        Assert.Equal("", driver.Live);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Forget() => _ = Everything();
    }

    [SkippableFact]
    public void A_driver_that_refuses_does_not_make_disposing_throw()
    {
        foreach (var function in new[]
                 {
                     "cuMemFree_v2", "cuMemFreeHost", "cuModuleUnload", "cuCtxSynchronize", "cuEventSynchronize", "cuEventDestroy_v2",
                     "cuCtxPushCurrent_v2", "cuCtxPopCurrent_v2", "cuDevicePrimaryCtxRelease_v2",
                 })
        {
            using var driver = new FakeDriver();
            var everything = Everything();
            driver.Fail(function, 719);
            foreach (var thing in everything)
                thing.Dispose();
            // The pop that failed has left it so; a new test begins with a clean thread.
            if (driver.Current >= 0)
                DriverApi.cuCtxPopCurrent_v2(out _);
            FakeLibrary.Reset(1, FakeDriver.Version, 8, 0);
        }
    }

    [SkippableFact]
    public void Using_what_is_disposed_says_so_and_calls_nothing()
    {
        using var driver = new FakeDriver();
        var everything = Everything();
        var (device, memory, pinned, module, table) =
            ((CudaDevice)everything[0], (DeviceMemory<int>)everything[1], (PinnedMemory<int>)everything[2], (CudaModule)everything[3], (DeviceTable<int>)everything[4]);
        var kernel = module.GetKernel("Kernel");
        foreach (var thing in everything)
            thing.Dispose();
        driver.TakeLog();

        Assert.Equal(typeof(CudaDevice).FullName, Assert.Throws<ObjectDisposedException>(() => device.Synchronize(default)).ObjectName);
        Assert.Throws<ObjectDisposedException>(() => new DeviceMemory<int>(device, 1));
        Assert.Throws<ObjectDisposedException>(() => new PinnedMemory<int>(device, 1));
        Assert.Throws<ObjectDisposedException>(() => new DeviceTable<int>(device, 1));
        Assert.Throws<ObjectDisposedException>(() => new CudaModule(device, Ptx.Kernel("Kernel"), "kernels", PtxCache.None));
        Assert.Throws<ObjectDisposedException>(() => memory.View);
        Assert.Throws<ObjectDisposedException>(() => memory.Clear(default));
        Assert.Throws<ObjectDisposedException>(() => memory.CopyFrom(new(1, 8), default));
        Assert.Throws<ObjectDisposedException>(() => memory.CopyTo(new(1, 8), default));
        Assert.Throws<ObjectDisposedException>(() => pinned.Span.Length);
        Assert.Throws<ObjectDisposedException>(() => pinned.CopyTo(0, new(1, 8), default));
        Assert.Throws<ObjectDisposedException>(() => pinned.CopyFrom(0, new(1, 8), default));
        Assert.Throws<ObjectDisposedException>(pinned.Wait);
        Assert.Throws<ObjectDisposedException>(() => module.GetKernel("Kernel"));
        Assert.Throws<ObjectDisposedException>(() => kernel.Launch(new(1, 1), default, 1));
        Assert.Throws<ObjectDisposedException>(() => table.View);
        Assert.Throws<ObjectDisposedException>(() => table.Update(new int[8], default));
        Assert.Empty(driver.TakeLog());
    }

    private static IDisposable[] Everything()
    {
        var device = new CudaDevice(0);
        var memory = new DeviceMemory<int>(device, 8);
        var pinned = new PinnedMemory<int>(device, 8);
        pinned.CopyTo(0, memory.View, CudaStream.Default);
        var module = new CudaModule(device, Ptx.Kernel("Kernel", ".u32 _a"), "kernels", PtxCache.None);
        module.GetKernel("Kernel").Launch(new(1, 1), CudaStream.Default, 1);
        var table = new DeviceTable<int>(device, 8);
        table.Update([1, 2, 3, 4, 5, 6, 7, 8], CudaStream.Default);
        return [device, memory, pinned, module, table];
    }

    private static IEnumerable<int[]> Orders(int[] items) =>
        items.Length == 0 ? [[]] : items.SelectMany(item => Orders([.. items.Where(other => other != item)]).Select(rest => (int[])[item, .. rest]));
}
