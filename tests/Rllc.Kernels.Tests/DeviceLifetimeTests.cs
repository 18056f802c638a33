namespace Rllc.Kernels.Tests;

/// <summary>Streams, disposal, and what a step leaves to the garbage collector.</summary>
public sealed class DeviceLifetimeTests(CpuDevice device) : IClassFixture<CpuDevice>
{
    [Fact]
    public void Steps_may_be_on_any_stream_and_outlive_it()
    {
        using var run = new DeviceRun(device.Accelerator, [20], new() { HoldCorrections = 2, Epsilon = 1e-3 });
        run.Steps(1);
        var (θ, before) = (run.θ[0], run.Parameters);
        using (var first = device.Accelerator.CreateStream())
        using (var second = device.Accelerator.CreateStream())
        {
            run.Optimizer.LearningRate = 0;
            run.Optimizer.Step(θ, run.g[0], first);
            Assert.Equal(before, run.Parameters);
            run.Optimizer.LearningRate = 1;
            run.Optimizer.Step(θ, run.g[0], second);
        }

        Assert.NotEqual(before, run.Parameters);
        Assert.Equal(3, run.Optimizer.ReadStepCount());
        run.Optimizer.Step(θ, run.g[0]);
        Assert.Equal(4, run.Optimizer.ReadStepCount());
    }

    [Fact]
    public void What_is_disposed_is_no_longer_used()
    {
        var optimizer = new MomentumMixOnDevice(device.Accelerator, [3]);
        using var θ = new DeviceTensorList(device.Accelerator, [3]);
        using var g = new DeviceTensorList(device.Accelerator, [3]);
        optimizer.Step(θ.Views, g.Views);
        optimizer.Dispose();
        optimizer.Dispose();
        Assert.Equal(typeof(MomentumMixOnDevice).FullName, Assert.Throws<ObjectDisposedException>(() => optimizer.Step(θ.Views, g.Views)).ObjectName);
        Assert.Throws<ObjectDisposedException>(() => optimizer.Step(θ.Views[0], g.Views[0]));
        Assert.Throws<ObjectDisposedException>(() => optimizer.ReadLaw());
        Assert.Throws<ObjectDisposedException>(() => optimizer.ReadStepCount());
        Assert.Throws<ObjectDisposedException>(() => optimizer.ReadGram());
        Assert.Throws<ObjectDisposedException>(() => optimizer.CopyUnit(0, new float[3]));
    }

    [Fact]
    public void The_accelerator_may_be_disposed_first()
    {
        var elsewhere = new CpuDevice();
        var optimizer = new MomentumMixOnDevice(elsewhere.Accelerator, [3]);
        using var θ = new DeviceTensorList(elsewhere.Accelerator, [3]);
        using var g = new DeviceTensorList(elsewhere.Accelerator, [3]);
        optimizer.Step(θ.Views, g.Views);
        elsewhere.Dispose();
        Assert.Contains("CPUAccelerator", Assert.Throws<ObjectDisposedException>(() => optimizer.Step(θ.Views, g.Views)).ObjectName);
        Assert.Throws<ObjectDisposedException>(() => optimizer.ReadLaw());
        optimizer.Dispose();
    }

    [Fact]
    public void A_step_allocates_nothing_but_what_the_CPU_accelerator_does_for_its_launches()
    {
        const int steps = 20;
        using var run = new DeviceRun(device.Accelerator, [40, 3], new());
        var layout = new DeviceLayout(run.Optimizer.LinearMemory, [], MemoryFormat.Float32);
        using var state = new DeviceState<StepViews>(device.Accelerator, buffers => InitialViews.OfLaw(buffers, layout, new LawStart(layout, new())));
        state.Views.Law.Settings[0] = LawSettings.From(new());
        var launches = new KernelSequence<StepViews>(device.Accelerator, layout, StepSequence.Of(StepKind.Exact), typeof(Declared.MomentumMix.DeviceKernels));
        run.Steps(2);
        launches.Launch(device.Accelerator.DefaultStream, state.Views);
        var launch = Allocated(() => launches.Launch(device.Accelerator.DefaultStream, state.Views));
        var step = Allocated(() => run.Optimizer.Step(run.θ, run.g));
        Assert.InRange(launch, 1, 4096);
        Assert.Equal(run.Optimizer.Footprint.LaunchesPerStep * launch, step);

        static long Allocated(Action action)
        {
            action();
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < steps; i++)
                action();
            return (GC.GetAllocatedBytesForCurrentThread() - before) / steps;
        }
    }
}
