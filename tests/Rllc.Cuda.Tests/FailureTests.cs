using System.Reflection;

namespace Rllc.Cuda.Tests;

/// <summary>Every call of every function fails once: in a scenario that makes all of them, and in steps of an optimizer.</summary>
public class FailureTests
{
    private const int Failure = 719;

    // Their failure is no reason to throw: there is another way, or it is too late to care.
    private static readonly string[] Tolerated =
    [
        "cuGetErrorName", "cuGetErrorString", "cuLinkCreate_v2", "cuLinkAddData_v2", "cuLinkComplete", "cuLinkDestroy",
        "cuMemFree_v2", "cuMemFreeHost", "cuModuleUnload", "cuCtxSynchronize", "cuEventDestroy_v2", "cuDevicePrimaryCtxRelease_v2",
    ];

    private static readonly string[] Functions =
    [
        .. typeof(DriverApi).GetMethods(BindingFlags.Static | BindingFlags.Public).Select(method => method.Name)
            .Where(name => name.StartsWith("cu", StringComparison.Ordinal)),
    ];

    [SkippableFact]
    public void The_scenario_calls_every_function()
    {
        using var driver = new FakeDriver();
        Scenario();
        Assert.Empty(Functions.Except(driver.TakeCalls()));
        Assert.Equal("", driver.Live);
    }

    [SkippableFact]
    public void Whatever_call_fails_the_exception_tells_it_and_nothing_is_leaked() => FailEachOnce(Scenario);

    [SkippableFact]
    public void Whatever_call_of_an_optimizer_fails_the_exception_tells_it_and_nothing_is_leaked() => FailEachOnce(Steps);

    private static void FailEachOnce(Action scenario)
    {
        string[] calls;
        using (var driver = new FakeDriver())
        {
            scenario();
            calls = driver.TakeCalls();
        }
        foreach (var function in Functions)
            for (var n = 1; n <= calls.Count(call => call == function); n++)
                FailOnce(scenario, function, n);
    }

    private static void FailOnce(Action scenario, string function, int n)
    {
        var what = $"call {n} of {function}";
        using var driver = new FakeDriver();
        driver.Fail(function, Failure, n);
        var thrown = Record.Exception(scenario);

        if (thrown is CudaUnavailableException)
            Assert.True(function == "cuInit", what);
        else if (thrown is not null)
        {
            Assert.True(Failure == Assert.IsType<CudaException>(thrown).Number, $"{what}: {thrown}");
            Assert.Contains("failed with CUDA_ERROR_LAUNCH_FAILED (719): unspecified launch failure", thrown.Message);
        }
        // The scenario makes some of the calls to dispose what it has made, which never throws.
        var disposes = function is "cuCtxPushCurrent_v2" or "cuCtxPopCurrent_v2" or "cuEventSynchronize" or "cuModuleLoadDataEx";
        Assert.True(thrown is not null || disposes || Tolerated.Contains(function), $"{what} went unnoticed");
        Assert.True(thrown is null || !Tolerated.Contains(function), $"{what} threw {thrown}");

        AssertContextRestored(driver, function, what);
        // What was under construction when a pop failed is the garbage collector's.
        FakeDriver.CollectGarbage();
        AssertNothingLeaked(driver, function, what);
        FakeLibrary.Reset(1, FakeDriver.Version, 8, 0);
    }

    private static void AssertContextRestored(FakeDriver driver, string function, string what)
    {
        if (function == "cuCtxPopCurrent_v2")
            DriverApi.cuCtxPopCurrent_v2(out _);
        Assert.True(driver.Current == -1, $"{what} left a context current");
    }

    private static void AssertNothingLeaked(FakeDriver driver, string function, string what)
    {
        // What could not be freed, or not be entered to be freed, is still there.
        string[] kinds = function switch
        {
            "cuMemFree_v2" => ["memory"],
            "cuMemFreeHost" => ["pinned"],
            "cuModuleUnload" => ["module", "function"],
            "cuEventDestroy_v2" => ["event"],
            "cuLinkDestroy" => ["link"],
            "cuDevicePrimaryCtxRelease_v2" => ["context"],
            "cuCtxPushCurrent_v2" => ["memory", "pinned", "module", "function", "event"],
            _ => [],
        };
        var left = driver.Live.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(item => item.Split(' ')[0]).Except(kinds);
        Assert.True(!left.Any(), $"{what} leaked {driver.Live}");
    }

    private static void Scenario()
    {
        var stream = CudaStream.Default;
        using var folder = new TemporaryFolder();
        using var device = new CudaDevice(0);
        using var memory = new DeviceMemory<int>(device, 8);
        using var copy = new DeviceMemory<int>(device, 8);
        using var host = new PinnedMemory<int>(device, 8);
        using var module = new CudaModule(device, Ptx.Kernel("Kernel", ".u32 _a"), "kernels", new PtxCache(folder.Path));
        using var table = new DeviceTable<int>(device, 2);
        memory.Clear(stream);
        host.CopyTo(0, memory.View, stream);
        copy.CopyFrom(memory.View, stream);
        host.CopyFrom(0, copy.View, stream);
        table.Update([1, 2], stream);
        module.GetKernel("Kernel").Launch(new(1, 1), stream, 1);
        host.Wait();
        device.Synchronize(stream);
        _ = ((CuResult)Failure).Describe();
    }

    private static void Steps()
    {
        var memory = LinearMemory.Parse("M(0.9)");
        using var device = new CudaDevice(0);
        using var optimizer = new CudaOptimizer(device, memory, StepModule.Of(memory), [10], new(), PtxCache.None);
        optimizer.Step([new(0x1000, 0x2000)], CudaStream.Default);
        optimizer.LearningRate = 0.1;
        optimizer.Step([new(0x1000, 0x3000)], CudaStream.Default);
        optimizer.ReadReport(CudaStream.Default);
        optimizer.Restore(new(), optimizer.ReadState(CudaStream.Default), CudaStream.Default);
        optimizer.CopyUnit(0, new float[10], CudaStream.Default);
    }
}
