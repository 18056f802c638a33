using System.Runtime.CompilerServices;

namespace Rllc.Cuda.Tests;

public class CudaOptimizerDisposalTests
{
    private static readonly LinearMemory Memory = LinearMemory.Parse("M(0.9) ⊕ M(0)");

    // Anywhere: the recording driver runs no kernels.
    private static readonly CudaTensor[] Tensors = [new(0x1000, 0x2000), new(0x3000, 0)];

    [SkippableFact]
    public void Device_and_optimizers_may_be_disposed_in_every_order_with_work_under_way()
    {
        foreach (var order in new int[][] { [0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0] })
        {
            using var driver = new FakeDriver();
            var device = new CudaDevice(0);
            IDisposable[] everything = [device, Stepped(device), Stepped(device)];
            foreach (var i in order)
            {
                everything[i].Dispose();
                everything[i].Dispose();
            }
            Assert.Equal("", driver.Live);
        }
    }

    [SkippableFact]
    public void An_optimizer_goes_on_without_its_device_object()
    {
        using var driver = new FakeDriver();
        var device = new CudaDevice(0);
        using var optimizer = Stepped(device);
        device.Dispose();
        optimizer.Step(Tensors, Model.Stream);
        Assert.Equal([1, 0], optimizer.ReadLaw(Model.Stream));
    }

    [SkippableFact]
    public void What_is_forgotten_is_freed_by_the_garbage_collector()
    {
        using var driver = new FakeDriver();
        Forget();
        FakeDriver.CollectGarbage();
        Assert.Equal("", driver.Live);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Forget() => _ = Stepped(new CudaDevice(0));
    }

    [SkippableFact]
    public void Using_a_disposed_optimizer_says_so_and_calls_nothing()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        var optimizer = Stepped(device);
        var state = optimizer.ReadState(Model.Stream);
        var unit = optimizer.Unit(0, 0);
        optimizer.Dispose();
        driver.TakeLog();
        AssertDisposed(() => optimizer.Step(Tensors, Model.Stream));
        AssertDisposed(() => optimizer.ReadStepCount(Model.Stream));
        AssertDisposed(() => optimizer.ReadSkippedCount(Model.Stream));
        AssertDisposed(() => optimizer.ReadLaw(Model.Stream));
        AssertDisposed(() => optimizer.ReadGram(Model.Stream));
        AssertDisposed(() => optimizer.ReadReport(Model.Stream));
        AssertDisposed(() => optimizer.Unit(0, 0));
        AssertDisposed(() => optimizer.CopyUnit(0, new float[30], Model.Stream));
        AssertDisposed(() => optimizer.CopyUnit(0, 0, new float[10], Model.Stream));
        AssertDisposed(() => optimizer.ReadState(Model.Stream));
        AssertDisposed(() => optimizer.Restore(new(), state, Model.Stream));
        AssertDisposed(() => optimizer.ReadMemory(unit, new byte[40], Model.Stream));
        AssertDisposed(() => optimizer.WriteMemory(new byte[40], unit, Model.Stream));
        Assert.Empty(driver.TakeLog());
        Assert.Throws<ObjectDisposedException>(() => Refused(device));

        static void AssertDisposed(Action use) => Assert.Equal(typeof(CudaOptimizer).FullName, Assert.Throws<ObjectDisposedException>(use).ObjectName);

        static void Refused(CudaDevice device)
        {
            device.Dispose();
            Stepped(device);
        }
    }

    private static CudaOptimizer Stepped(CudaDevice device)
    {
        var optimizer = new CudaOptimizer(device, Memory, StepModule.Of(Memory), [10, 20], new(), PtxCache.None);
        optimizer.Step(Tensors, Model.Stream);
        return optimizer;
    }
}
