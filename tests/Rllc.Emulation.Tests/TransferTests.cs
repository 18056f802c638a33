using Rllc.Kernels.Tests;
using Rllc.Cuda;

namespace Rllc.Emulation.Tests;

/// <summary>The state of an optimizer goes from a device to the CPU and back.</summary>
public sealed class TransferTests
{
    // More than is copied at once, none, and a rest after the quads.
    private static readonly long[] Lengths = [300_001, 0, 7];

    [SkippableTheory]
    [InlineData(MemoryFormat.Float32)]
    [InlineData(MemoryFormat.BFloat16)]
    public void What_a_device_takes_over_it_hands_back(MemoryFormat format)
    {
        var options = new OptimizerOptions { MemoryFormat = format, LearningRate = 0.125, MaxGradientNorm = 3, LawInterval = 2, LossScale = 4 };
        using var twins = new Twins(typeof(Declared.MomentumMix), options, Lengths);
        twins.StepOnCpu();
        twins.StepOnCpu();
        twins.Cpu.LearningRate = 0.25;
        using var other = new Declared.MomentumMix(Lengths, new() { MemoryFormat = format, Threads = 1 });

        twins.Cuda.CopyFrom(twins.Cpu, CudaStream.Default);
        twins.Cuda.CopyTo(other, CudaStream.Default);

        Assert.Equal((2, 0.25), (twins.Cuda.ReadStepCount(default), twins.Cuda.LearningRate));
        for (var unit = 0; unit < 2; unit++)
        {
            Assert.Equal(twins.Unit(unit).Cpu, twins.Unit(unit).Device);
            var units = new float[twins.Cpu.Length];
            other.CopyUnit(unit, units);
            Assert.Equal(twins.Unit(unit).Cpu, units);
        }
        Assert.Equal(twins.Cpu.DescribeState(), other.DescribeState());
        Assert.Equal(twins.Cpu.DescribeState(), twins.Cuda.DescribeState(CudaStream.Default));
        Assert.Equal(1, other.CurrentOptions.Threads);
    }

    [SkippableTheory]
    [InlineData(typeof(Declared.ThreeMomenta))]
    [InlineData(typeof(DeclaredRules.AdamMix))]
    public void Both_go_on_alike(Type optimizer)
    {
        using var twins = new Twins(optimizer, new() { Epsilon = 0.1, LawLearningRate = 0.02 }, [5000, 3]);
        twins.StepOnCpu();
        twins.Cuda.CopyFrom(twins.Cpu, CudaStream.Default);
        twins.CopyParameters();
        twins.Step(missing: 1);
        twins.Cuda.CopyTo(twins.Cpu, CudaStream.Default);
        twins.Step();
        var (parameters, law) = (twins.Parameters, twins.Law);
        for (var i = 0; i < parameters.Cpu.Length; i++)
            Assert.Equal(parameters.Cpu[i], parameters.Device[i], 1e-6);
        for (var i = 0; i < law.Cpu.Length; i++)
            Assert.Equal(law.Cpu[i], law.Device[i], 1e-6);
    }

    [SkippableFact]
    public void An_optimizer_of_something_else_is_refused_and_nothing_is_changed()
    {
        using var twins = new Twins(typeof(Declared.MomentumMix), new(), [10, 20]);
        twins.StepOnCpu();
        using var memory = new Declared.Momentum([10, 20]);
        using var format = new Declared.MomentumMix([10, 20], new() { MemoryFormat = MemoryFormat.BFloat16 });
        using var lengths = new Declared.MomentumMix([10, 21]);
        using var fewer = new Declared.MomentumMix([10]);
        using var more = new Declared.MomentumMix([10, 20, 30]);
        using var relaxation = new Declared.MomentumMix([10, 20], new() { Relaxation = Relaxation.PseudoInverse });

        foreach (var other in new Optimizer[] { memory, format, lengths, fewer })
        {
            Assert.Throws<ArgumentException>(() => twins.Cuda.CopyTo(other, CudaStream.Default));
            Assert.Throws<ArgumentException>(() => twins.Cuda.CopyFrom(other, CudaStream.Default));
        }
        Assert.Equal(
            "The optimizers have different memories: M(0.9) ⊕ M(0) and M(0.9). (Parameter 'host')",
            Assert.Throws<ArgumentException>(() => twins.Cuda.CopyFrom(memory, CudaStream.Default)).Message);
        Assert.Throws<ArgumentException>(() => twins.Cuda.CopyFrom(more, CudaStream.Default));
        Assert.Throws<NotSupportedException>(() => twins.Cuda.CopyFrom(relaxation, CudaStream.Default));
        Assert.Throws<ArgumentNullException>(() => twins.Cuda.CopyFrom(null!, CudaStream.Default));
        Assert.Equal(0, twins.Cuda.ReadStepCount(default));
        Assert.All(twins.Unit(0).Device, entry => Assert.Equal(0, entry));
    }
}
