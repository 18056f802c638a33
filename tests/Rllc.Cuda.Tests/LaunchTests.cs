using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rllc.Cuda.Tests;

public unsafe class LaunchTests
{
    private static readonly CudaStream Stream = new(3);

    [SkippableFact]
    public void A_launch_is_one_call_in_the_module_s_context()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        using var module = new CudaModule(device, Ptx.Kernel("Kernel", ".u32 _a"), "kernels", PtxCache.None);
        var kernel = module.GetKernel("Kernel");
        driver.TakeLog();
        kernel.Launch(new(Blocks: 5, ThreadsPerBlock: 256, SharedBytes: 1024), Stream, 1);
        Assert.Equal(["cuCtxPushCurrent_v2(0)", "cuLaunchKernel(5x1x1, 256x1x1, 1024, 3, -)", "cuCtxPopCurrent_v2()"], driver.TakeLog());
    }

    [SkippableFact]
    public void Arguments_arrive_byte_for_byte()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        var view = new DeviceView<float>(0x1122334455667788, 0x0102030405060708);
        var mixed = new Mixed { Small = 1, Wide = 2, Single = 3.5f, View = view };
        Assert.Equal(
            ["88-77-66-55-44-33-22-11-08-07-06-05-04-03-02-01", "FE-FF-FF-FF", "00-00-60-40", "EF-CD-AB-89-67-45-23-01"],
            Launched(driver, device, [Ptx.View, ".s32 _b", ".f32 _c", ".u64 _d"], kernel => kernel.Launch(new(1, 1), Stream, view, -2, 3.5f, 0x0123456789ABCDEFul)));
        Assert.Equal(
            [Hex(mixed), "00-00-00-00-00-00-F8-3F"],
            Launched(driver, device, [$".align 8 .b8 _a[{sizeof(Mixed)}]", ".f64 _b"], kernel => kernel.Launch(new(1, 1), Stream, mixed, 1.5)));
    }

    [SkippableFact]
    public void One_to_eight_arguments_keep_their_order()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        var launches = new Action<CudaKernel>[]
        {
            k => k.Launch(new(1, 1), Stream, 1),
            k => k.Launch(new(1, 1), Stream, 1, 2),
            k => k.Launch(new(1, 1), Stream, 1, 2, 3),
            k => k.Launch(new(1, 1), Stream, 1, 2, 3, 4),
            k => k.Launch(new(1, 1), Stream, 1, 2, 3, 4, 5),
            k => k.Launch(new(1, 1), Stream, 1, 2, 3, 4, 5, 6),
            k => k.Launch(new(1, 1), Stream, 1, 2, 3, 4, 5, 6, 7),
            k => k.Launch(new(1, 1), Stream, 1, 2, 3, 4, 5, 6, 7, 8),
        };
        for (var count = 1; count <= launches.Length; count++)
            Assert.Equal(
                Enumerable.Range(1, count).Select(i => $"{i:X2}-00-00-00"),
                Launched(driver, device, [.. Enumerable.Range(1, count).Select(i => $".s32 _{i}")], launches[count - 1]));
    }

    [SkippableFact]
    public void Arguments_may_change_once_the_launch_returns()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        using var module = new CudaModule(device, Ptx.Kernel("Kernel", ".s32 _a"), "kernels", PtxCache.None);
        var seen = new List<int>();
        driver.OnLaunch((_, arguments) => seen.Add(*(int*)arguments[0]));
        var kernel = module.GetKernel("Kernel");
        for (var i = 0; i < 3; i++)
            kernel.Launch(new(1, 1), Stream, i);
        Assert.Empty(seen);
        device.Synchronize(Stream);
        Assert.Equal([0, 1, 2], seen);
    }

    [SkippableFact]
    public void A_launch_allocates_nothing_on_the_managed_heap()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        using var module = new CudaModule(device, Ptx.Kernel("Kernel", Ptx.View, ".s32 _b", ".f32 _c"), "kernels", PtxCache.None);
        var kernel = module.GetKernel("Kernel");
        kernel.Launch(new(1, 1), Stream, default(DeviceView<float>), 1, 1f);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            kernel.Launch(new(1, 1), Stream, default(DeviceView<float>), i, 1f);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [SkippableFact]
    public void A_launch_that_is_refused_says_which_and_how()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        using var module = new CudaModule(device, Ptx.Kernel("Kernel", ".s32 _a"), "kernels", PtxCache.None);
        var kernel = module.GetKernel("Kernel");
        foreach (var shape in new LaunchShape[] { new(0, 1), new(-1, 1), new(1, 0), new(1, 1025) })
            Assert.Throws<CudaException>(() => kernel.Launch(shape, Stream, 1));
        var thrown = Assert.Throws<CudaException>(() => kernel.Launch(new(7, 2048, 16), Stream, 1));
        Assert.Equal("Launching Kernel (7 × 2048 threads, 16 bytes of shared memory) failed with CUDA_ERROR_INVALID_VALUE (1): invalid argument", thrown.Message);
    }

    [SkippableFact]
    public void Threads_may_launch_side_by_side()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        using var module = new CudaModule(device, Ptx.Kernel("Kernel", ".s32 _a"), "kernels", PtxCache.None);
        var sum = 0;
        driver.OnLaunch((_, arguments) => sum += *(int*)arguments[0]);
        var kernel = module.GetKernel("Kernel");
        Parallel.For(0, 1000, i => kernel.Launch(new(1, 1), Stream, i));
        device.Synchronize(Stream);
        Assert.Equal(499_500, sum);
    }

    private static string[] Launched(FakeDriver driver, CudaDevice device, string[] parameters, Action<CudaKernel> launch)
    {
        using var module = new CudaModule(device, Ptx.Kernel("Kernel", parameters), "kernels", PtxCache.None);
        var seen = new List<string>();
        driver.OnLaunch((_, arguments) =>
        {
            for (var i = 0; i < parameters.Length; i++)
                seen.Add(BitConverter.ToString(new Span<byte>((void*)arguments[i], Size(parameters[i])).ToArray()));
        });
        launch(module.GetKernel("Kernel"));
        device.Synchronize(Stream);
        return [.. seen];
    }

    private static int Size(string parameter) =>
        parameter.IndexOf('[') is > 0 and var bracket ? int.Parse(parameter[(bracket + 1)..^1]) : parameter.Contains("64") ? 8 : 4;

    private static string Hex<T>(T value) where T : unmanaged => BitConverter.ToString(new Span<byte>(Unsafe.AsPointer(ref value), sizeof(T)).ToArray());

    [StructLayout(LayoutKind.Sequential)]
    private struct Mixed
    {
        public byte Small;
        public long Wide;
        public float Single;
        public DeviceView<float> View;
    }
}
