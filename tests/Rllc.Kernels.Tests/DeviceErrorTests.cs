using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace Rllc.Kernels.Tests;

/// <summary>What is refused, in which words, and that nothing is written then.</summary>
public sealed class DeviceErrorTests : IClassFixture<CpuDevice>, IDisposable
{
    private static readonly LinearMemory Memory = LinearMemory.Parse("M(0.9) ⊕ M(0)");

    private readonly Accelerator _accelerator;
    private readonly MomentumMixOnDevice _one;
    private readonly MomentumMixOnDevice _two;
    private readonly DeviceTensorList _θ;
    private readonly DeviceTensorList _g;

    public DeviceErrorTests(CpuDevice device)
    {
        _accelerator = device.Accelerator;
        _one = new(_accelerator, [8]);
        _two = new(_accelerator, [8, 4]);
        _θ = new(_accelerator, [8, 4]);
        _g = new(_accelerator, [8, 4]);
        _θ.Values = [.. Enumerable.Range(0, 12).Select(i => (float)i)];
        _g.Values = [.. Enumerable.Range(0, 12).Select(i => i + 0.5f)];
    }

    private ArrayView<float>[] θ => _θ.Views;

    private ArrayView<float>[] g => _g.Views;

    public void Dispose()
    {
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (float)i), _θ.Values);
        foreach (IDisposable disposable in new IDisposable[] { _one, _two, _θ, _g })
            disposable.Dispose();
    }

    [Fact]
    public void Views_of_other_lengths_or_numbers()
    {
        AssertRefused("The optimizer has 8 parameters, the view 4 elements. (Parameter 'parameters')", () => _one.Step(θ[1], g[0]));
        AssertRefused("The optimizer has 8 parameters, the view 4 elements. (Parameter 'gradient')", () => _one.Step(θ[0], g[1]));
        AssertRefused("The optimizer has 8 parameters, the view 0 elements. (Parameter 'gradient')", () => _one.Step(θ[0], default));
        AssertRefused("The optimizer has 2 tensors: pass a list of as many. (Parameter 'parameters')", () => _two.Step(θ[0], g[0]));
        AssertRefused("The optimizer has 2 tensors, not 1. (Parameter 'parameters')", () => _two.Step([θ[0]], g));
        AssertRefused("The optimizer has 2 tensors, not 3. (Parameter 'gradients')", () => _two.Step(θ, [.. g, g[0]]));
        AssertRefused("Tensor 1 has 4 parameters, not 8. (Parameter 'parameters')", () => _two.Step([θ[0], θ[0]], g));
        AssertRefused("Tensor 0 has 8 parameters, not 4. (Parameter 'gradients')", () => _two.Step(θ, [g[1], g[1]]));
    }

    [Fact]
    public void Views_that_overlap_are_freed_or_of_elsewhere()
    {
        AssertRefused("gradients[1] must not overlap parameters[1].", () => _two.Step(θ, [g[0], θ[1]]), "must not overlap");
        AssertRefused("parameters[1] must not overlap parameters[0].", () => _two.Step([θ[0], θ[0].SubView(2, 4)], g));
        AssertRefused("", () => _one.Step(θ[0], θ[0]), "must not overlap");

        var freed = _accelerator.Allocate1D<float>(8);
        ArrayView<float> view = freed.View;
        freed.Dispose();
        AssertRefused("The memory of a view is freed. (Parameter 'gradient')", () => _one.Step(θ[0], view));

        using var elsewhere = new CpuDevice();
        using var other = elsewhere.Accelerator.Allocate1D<float>(8);
        AssertRefused("A view is not in the memory of the optimizer's accelerator. (Parameter 'gradient')", () => _one.Step(θ[0], other.View));
        AssertRefused("The stream is not one of the optimizer's accelerator. (Parameter 'stream')", () => _one.Step(θ[0], g[0], elsewhere.Accelerator.DefaultStream));

        using var odd = CPUMemoryBuffer.Create(_accelerator, θ[0].LoadEffectiveAddressAsPtr() + 2, 4, sizeof(float));
        AssertRefused(
            FormattableString.Invariant($"parameters[1] is at 0x{odd.NativePtr:x}, which is no multiple of 4, as float32 needs."),
            () => _two.Step([θ[0], odd.AsArrayView<float>(0, 4)], g));
    }

    [Fact]
    public void Gradients_may_share_memory()
    {
        using var copy = new DeviceTensorList(_accelerator, [8, 4]);
        copy.Values = _θ.Values;
        _two.Step(copy.Views, [g[0], g[0].SubView(1, 4)]);
        Assert.True(_two.ReadReport().Applied);
    }

    [Fact]
    public void Units_and_destinations_that_are_not_there()
    {
        Assert.Equal("The memory has the units 0 to 1, not 2. (Parameter 'unit')", Assert.Throws<ArgumentOutOfRangeException>(() => _two.CopyUnit(2, new float[12])).Message);
        Assert.Equal("The optimizer has 12 parameters, the span 3 elements. (Parameter 'destination')", Assert.Throws<ArgumentException>(() => _two.CopyUnit(0, new float[3])).Message);
        Assert.Equal("The optimizer has 2 tensors, none with the number 2. (Parameter 'tensor')", Assert.Throws<ArgumentOutOfRangeException>(() => _two.CopyUnit(0, 2, new float[4])).Message);
        Assert.Equal("Tensor 1 has 4 parameters, the span 3 elements. (Parameter 'destination')", Assert.Throws<ArgumentException>(() => _two.CopyUnit(0, 1, new float[3])).Message);
    }

    [Fact]
    public void Rates_out_of_range()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _one.LearningRate = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => _one.LawLearningRate = double.NaN);
        Assert.Throws<ArgumentOutOfRangeException>(() => _one.LossScale = 0);
        Assert.Equal((0.03, 0.003, 1), (_one.LearningRate, _one.LawLearningRate, _one.LossScale));
    }

    [Fact]
    public void Options_that_contradict_each_other_or_the_device()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MomentumMixOnDevice(_accelerator, [-1]));
        Assert.Throws<ArgumentException>(() => new MomentumMixOnDevice(_accelerator, [1], new() { Timing = LawTiming.Delayed }));
        Assert.Throws<ArgumentException>(() => new MomentumMixOnDevice(_accelerator, [1], new() { InitialLaw = [1] }));
        Assert.Contains("choose the relaxation", Assert.Throws<NotSupportedException>(() => new MomentumMixOnDevice(_accelerator, [1], new() { Relaxation = Relaxation.PseudoInverse })).Message);
    }

    [Theory]
    [InlineData(AcceleratorType.OpenCL, 32, 1024, "The kernels reach tensors by their addresses, which OpenCL does not have (Device): use a CUDA accelerator or the CPU's.")]
    [InlineData(AcceleratorType.CPU, 4, 1024, "The kernels sum over warps of 32 threads; those of Device have 4. Create ILGPU's CPU accelerator with builder.CPU(CPUDeviceKind.Nvidia).")]
    [InlineData(AcceleratorType.Cuda, 32, 128, "The kernels run in groups of 256 threads; Device has 128 at most.")]
    public void Accelerators_that_cannot_run_the_kernels(AcceleratorType type, int warpSize, int mostThreads, string message) =>
        Assert.Equal(message, Assert.Throws<NotSupportedException>(() => DeviceRequirements.CheckAccelerator(type, "Device", warpSize, mostThreads)).Message);

    [Fact]
    public void The_CPU_accelerator_that_ILGPU_creates_of_its_own_accord()
    {
        using var context = Context.Create(builder => builder.CPU());
        using var accelerator = context.CreateCPUAccelerator(0);
        Assert.Contains("builder.CPU(CPUDeviceKind.Nvidia)", Assert.Throws<NotSupportedException>(() => new MomentumMixOnDevice(accelerator, [1])).Message);
    }

    [Fact]
    public void Kernels_of_another_memory_or_out_of_sight()
    {
        Assert.Equal(
            "System.String is not a class of generated kernels. (Parameter 'kernels')",
            Assert.Throws<ArgumentException>(() => DeviceRequirements.CheckKernels(typeof(string), Memory, AcceleratorType.CPU)).Message);
        Assert.Equal(
            "Rllc.Kernels.Tests.Declared+MomentumMix+DeviceKernels has the kernels of M(0.9) ⊕ M(0), not of M(0.5). (Parameter 'kernels')",
            Assert.Throws<ArgumentException>(() => DeviceRequirements.CheckKernels(typeof(Declared.MomentumMix.DeviceKernels), LinearMemory.Parse("M(0.5)"), AcceleratorType.CPU)).Message);
        Assert.Equal(
            "On the CPU, ILGPU starts kernels from an assembly of its own, which cannot see Rllc.Kernels.Tests.DeviceErrorTests+Hidden: make that class and those around it "
            + "public, or declare [assembly: InternalsVisibleTo(\"ILGPURuntime\")] in Rllc.Kernels.Tests.",
            Assert.Throws<NotSupportedException>(() => DeviceRequirements.CheckKernels(typeof(Hidden), Memory, AcceleratorType.CPU)).Message);
        // PTX knows no visibility.
        DeviceRequirements.CheckKernels(typeof(Hidden), Memory, AcceleratorType.Cuda);
        Assert.Contains("lacks the kernel 'static void Project<TElement>(StepViews step)", Assert.Throws<ArgumentException>(() => new Lacking(_accelerator)).Message);
    }

    [Fact]
    public void Two_callers_at_once()
    {
        using var copy = new DeviceTensorList(_accelerator, [8]);
        var refused = 0;
        void StepUntilOneIsRefused()
        {
            for (var step = 0; step < 10_000 && Volatile.Read(ref refused) == 0; step++)
            {
                try
                {
                    _one.Step(copy.Views, g.AsSpan(0, 1));
                }
                catch (InvalidOperationException exception)
                {
                    Assert.Equal("The optimizer is in use by another thread.", exception.Message);
                    Interlocked.Increment(ref refused);
                }
            }
        }

        Parallel.Invoke(StepUntilOneIsRefused, StepUntilOneIsRefused);
        Assert.InRange(refused, 1, 2);
    }

    private static void AssertRefused(string message, Action step, string? part = null)
    {
        var thrown = Assert.Throws<ArgumentException>(step).Message;
        if (part is null)
            Assert.Equal(message, thrown);
        else
            Assert.Contains(part, thrown);
    }

    [StepKernels("Hidden", "M(0.9) ⊕ M(0)")]
    private static class Hidden;

    private sealed class Lacking(Accelerator accelerator) : DeviceOptimizer(accelerator, DeviceErrorTests.Memory, [1], new(), typeof(WithoutKernels));
}

[StepKernels("WithoutKernels", "M(0.9) ⊕ M(0)")]
public static class WithoutKernels;
