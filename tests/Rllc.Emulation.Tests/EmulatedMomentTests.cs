using Rllc.Cuda;

namespace Rllc.Emulation.Tests;

/// <summary>
/// Steps by moments in the PTX that a GPU's driver would be given, started by the launcher that would start it there, come to the numbers of
/// the CPU's kernels.
/// </summary>
public sealed class EmulatedMomentTests
{
    // Several chunks, none, less than a quad, one, and a rest after the quads.
    private static readonly long[] Lengths = [4500, 0, 3, 1, 70];

    public static TheoryData<Type> Optimizers => [.. DeclaredMoments.Constructors.Keys];

    [SkippableTheory, MemberData(nameof(Optimizers))]
    public void Steps_come_to_what_the_CPU_comes_to(Type optimizer)
    {
        using var twins = new MomentTwins(optimizer, Options(), Lengths);
        for (var step = 0; step < 7; step++)
        {
            twins.Step(scale: 1 + step % 3);
            twins.AssertAgree();
        }

        Assert.Equal((7, 0), (twins.Cuda.ReadStepCount(default), twins.Cuda.ReadSkippedCount(default)));
        Assert.True(twins.Cuda.ReadReport(default).Applied);
    }

    [SkippableTheory]
    [InlineData(typeof(DeclaredMoments.Adam), 1)]
    [InlineData(typeof(DeclaredMoments.Gradients), 3)]
    public void Tensors_that_no_quad_fits_are_taken_element_by_element(Type optimizer, int shift)
    {
        using var twins = new MomentTwins(optimizer, Options(), Lengths, shift);
        for (var step = 0; step < 4; step++)
            twins.Step();
        twins.AssertAgree();
    }

    [SkippableTheory, MemberData(nameof(Optimizers))]
    public void A_tensor_without_a_gradient_is_left_alone_and_counts_no_step(Type optimizer)
    {
        using var twins = new MomentTwins(optimizer, Options(), Lengths);
        foreach (var missing in new[] { -1, 0, 4, 0, -1, 2 })
            twins.Step(missing);
        twins.AssertAgree();
        Assert.Equal(Steps(twins.Cpu.DescribeState()), Steps(twins.Cuda.DescribeState(default)));
    }

    [SkippableTheory]
    [InlineData(typeof(DeclaredMoments.AdamW), float.NaN)]
    [InlineData(typeof(DeclaredMoments.Momenta), float.PositiveInfinity)]
    [InlineData(typeof(DeclaredMoments.Adam), 1e30f)]
    public void A_step_that_must_not_be_taken_changes_nothing(Type optimizer, float poison)
    {
        using var twins = new MomentTwins(optimizer, Options() with { SkipNonFinite = true }, Lengths);
        twins.Step();
        var (before, state) = (twins.Parameters.Device, twins.Cuda.DescribeState(default));
        twins.Step(poison: poison);
        Assert.Equal(before, twins.Parameters.Device);
        Assert.Equal(state, twins.Cuda.DescribeState(default));
        Assert.False(twins.Cuda.ReadReport(default).Applied);
        Assert.Equal((1, 1), (twins.Cuda.ReadStepCount(default), twins.Cuda.ReadSkippedCount(default)));
        twins.Step();
        twins.AssertAgree();
    }

    [SkippableTheory]
    [InlineData(typeof(DeclaredMoments.Adam))]
    [InlineData(typeof(DeclaredMoments.Momenta))]
    public void Clipping_loss_scale_maximize_and_rates_are_those_of_the_CPU(Type optimizer)
    {
        using var twins = new MomentTwins(optimizer, Options() with { MaxGradientNorm = 0.5, LossScale = 8, Maximize = true }, Lengths);
        for (var step = 0; step < 5; step++)
        {
            twins.Cpu.LearningRate = twins.Cuda.LearningRate = 0.002 * (step + 1);
            twins.Cpu.LossScale = twins.Cuda.LossScale = 8 + step;
            twins.Step();
            twins.AssertAgree();
        }

        Assert.InRange(twins.Cuda.ReadReport(default).ClipFactor, 0.01, 0.9);
    }

    [SkippableTheory, MemberData(nameof(Optimizers))]
    public void Groups_of_tensors_move_by_their_own_rates(Type optimizer)
    {
        using var twins = new MomentTwins(optimizer, Options(), Lengths);
        foreach (var step in new[] { 1, 2, 3 })
        {
            if (step == 1)
            {
                twins.Cpu.SetGroups([0, 0, 1, 1, 2], count: 3);
                twins.Cuda.SetGroups([0, 0, 1, 1, 2], count: 3);
            }

            for (var group = 0; group < 3; group++)
            {
                twins.Cpu.SetRates(group, 0.01 * group / step, 0.1 * (2 - group));
                twins.Cuda.SetRates(group, 0.01 * group / step, 0.1 * (2 - group));
            }

            twins.Step();
        }

        twins.AssertAgree();
    }

    [SkippableTheory, MemberData(nameof(Optimizers))]
    public void A_memory_that_is_rounded_at_random_comes_close(Type optimizer)
    {
        using var twins = new MomentTwins(optimizer, Options() with { MemoryFormat = MemoryFormat.BFloat16Stochastic }, Lengths);
        for (var step = 0; step < 5; step++)
            twins.Step();
        var (cpu, device) = twins.Parameters;
        Assert.All(cpu.Zip(device), pair => Assert.Equal(pair.First, pair.Second, 0.01f));
    }

    [SkippableTheory]
    [InlineData(typeof(DeclaredMoments.Adam), 2)]
    [InlineData(typeof(DeclaredMoments.Momenta), 3)]
    public void A_step_that_has_nothing_to_upload_is_launches_alone_and_allocates_nothing(Type optimizer, int launches)
    {
        using var twins = new MomentTwins(optimizer, Options(), Lengths);
        twins.Step();
        twins.CallsOfAStep();
        Assert.Equal(Enumerable.Repeat("cuLaunchKernel", launches), twins.CallsOfAStep());
        twins.Synchronize();
    }

    [SkippableTheory, MemberData(nameof(Optimizers))]
    public void A_state_goes_to_the_CPU_and_back_and_on_with_the_same_bits(Type optimizer)
    {
        long[] lengths = [300_001, 7];
        using var twins = new MomentTwins(optimizer, Options() with { LossScale = 4 }, lengths);
        for (var step = 0; step < 2; step++)
            twins.Step(scale: 0.001f);
        using var other = MomentTwins.New(optimizer, new MomentOptions { Threads = 1 }, lengths);
        twins.Cuda.CopyTo(other, CudaStream.Default);
        Assert.Equal(twins.Cuda.DescribeState(CudaStream.Default), other.DescribeState());
        Assert.Equal(1, other.CurrentOptions.Threads);
        AssertSameUnits(other, twins.Cuda);

        twins.Cuda.CopyFrom(twins.Cpu, CudaStream.Default);
        twins.CopyParameters();
        Assert.Equal(twins.Cpu.DescribeState(), twins.Cuda.DescribeState(CudaStream.Default));
        AssertSameUnits(twins.Cpu, twins.Cuda);
        Assert.False(twins.Cuda.ReadReport(default).Applied);
        twins.Step();
        twins.AssertAgree();
    }

    [SkippableFact]
    public void States_and_kernels_of_other_formulas_formats_and_tensors_are_refused()
    {
        using var twins = new MomentTwins(typeof(DeclaredMoments.Adam), Options(), Lengths);
        twins.Step();
        var state = twins.Cuda.DescribeState(default);
        using var formula = MomentTwins.New(typeof(DeclaredMoments.AdamW), Options(), Lengths);
        using var format = MomentTwins.New(typeof(DeclaredMoments.Adam), Options() with { MemoryFormat = MemoryFormat.BFloat16Stochastic }, Lengths);
        using var lengths = MomentTwins.New(typeof(DeclaredMoments.Adam), Options(), [4500, 0, 3, 1]);
        foreach (var other in new[] { formula, format, lengths })
        {
            Assert.Throws<ArgumentException>(() => twins.Cuda.CopyFrom(other, CudaStream.Default));
            Assert.Throws<ArgumentException>(() => twins.Cuda.CopyTo(other, CudaStream.Default));
        }

        Assert.Equal(state, twins.Cuda.DescribeState(default));
        using var device = new EmulatedDevice(Modules.Of(typeof(DeclaredMoments.AdamW), MemoryFormat.Float32));
        Assert.Throws<ArgumentException>(() =>
            new CudaMomentOptimizer(device.Device, twins.Cpu.DeclaredFormula, Modules.Of(typeof(DeclaredMoments.AdamW), MemoryFormat.Float32), Lengths, Options(), PtxCache.None));
    }

    private static MomentOptions Options() => new() { LearningRate = 0.01, WeightDecay = 0.1 };

    private static string Steps(List<KeyValuePair<string, string>> state) => state.Single(entry => entry.Key == "steps").Value;

    private static void AssertSameUnits(MomentOptimizer cpu, CudaMomentOptimizer cuda)
    {
        float[] expected = new float[cpu.Length], actual = new float[cpu.Length];
        for (var unit = 0; unit < cpu.DeclaredFormula.UnitCount; unit++)
        {
            cpu.CopyUnit(unit, expected);
            cuda.CopyUnit(unit, actual, CudaStream.Default);
            Assert.Equal(expected, actual);
        }
    }
}
