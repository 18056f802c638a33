namespace Rllc.Kernels.Tests;

/// <summary>Steps of memory rules on a device come to what the CPU's host comes to.</summary>
public sealed class DeviceRuleTests(CpuDevice device) : IClassFixture<CpuDevice>
{
    public static TheoryData<long[], int> Tensors => new()
    {
        { [1], 0 },
        { [0], 0 },
        { [7], 1 },
        { [4096, 5], 0 },
    };

    // Several chunks, none, less than a quad, and what no quad fits.
    public static TheoryData<string, int> Rules
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (var rule in RuleTwins.Rules)
                foreach (var offset in (int[])[0, 1])
                    cases.Add(rule, offset);
            return cases;
        }
    }

    [Theory, MemberData(nameof(Rules))]
    public void Steps_of_every_rule_are_those_of_the_host(string rule, int offset)
    {
        using var twins = new RuleTwins(device.Accelerator, rule, Options() with { WeightDecay = 0.1 }, [40, 0, 4101, 3], offset);
        twins.Steps(6);
        AssertAgree(twins);
    }

    [Theory, MemberData(nameof(Tensors))]
    public void Steps_of_any_tensors_are_those_of_the_host(long[] lengths, int offset)
    {
        using var twins = new RuleTwins(device.Accelerator, "AdamMix", Options() with { WeightDecay = 0.1 }, lengths, offset);
        twins.Steps(6);
        AssertAgree(twins);
    }

    [Theory]
    [InlineData("AdamMix")]
    [InlineData("SignMomentum")]
    [InlineData("Clamped")]
    public void A_correction_that_takes_effect_one_step_later_is_the_one_of_the_host(string rule)
    {
        using var twins = new RuleTwins(device.Accelerator, rule, Options() with { Timing = LawTiming.Delayed, SkipNonFinite = false, LawInterval = 2 }, [4096 + 39, 3]);
        twins.Steps(8);
        AssertAgree(twins);
        Assert.NotEqual(1, twins.OnDevice.ReadLaw()[0]);
    }

    [Theory]
    [InlineData(Relaxation.Trace)]
    [InlineData(Relaxation.Absolute)]
    public void Every_relaxation_that_a_device_knows_is_that_of_the_host(Relaxation relaxation)
    {
        using var twins = new RuleTwins(device.Accelerator, "AdamMix", Options() with { Relaxation = relaxation }, [300]);
        twins.Steps(8);
        AssertAgree(twins);
    }

    [Theory]
    [InlineData("AdamMix")]
    [InlineData("Lion")]
    public void Gradients_are_clipped_unscaled_and_ascended(string rule)
    {
        using var twins = new RuleTwins(device.Accelerator, rule, Options() with { MaxGradientNorm = 0.3, LossScale = 8, Maximize = true }, [500, 33]);
        twins.Steps(5);
        Assert.InRange(twins.OnDevice.ReadReport().ClipFactor, 1e-3, 0.9);
        twins.OnDevice.LearningRate = twins.OnCpu.LearningRate = 0.002;
        twins.Steps(5);
        AssertAgree(twins);
    }

    [Theory]
    [InlineData("AdamMix")]
    [InlineData("Lion")]
    public void A_step_that_is_skipped_writes_and_counts_nothing(string rule)
    {
        using var twins = new RuleTwins(device.Accelerator, rule, Options(), [70, 4097]);
        twins.Steps(3);
        var before = twins.Parameters;
        foreach (var poison in new[] { float.NaN, float.PositiveInfinity, 3e16f })
        {
            twins.Step(poison: poison);
            Assert.False(twins.OnDevice.ReadReport().Applied);
            Assert.Equal(before, twins.Parameters);
        }

        Assert.Equal((3, 3), (twins.OnDevice.ReadStepCount(), twins.OnDevice.ReadSkippedCount()));
        twins.Steps(3);
        AssertAgree(twins);
    }

    [Theory]
    [InlineData("AdamMix")]
    [InlineData("SignMomentum")]
    public void A_tensor_without_a_gradient_stays_what_it_is(string rule)
    {
        using var twins = new RuleTwins(device.Accelerator, rule, Options(), [40, 4100, 7]);
        for (var step = 0; step < 12; step++)
            twins.Step(missing: step % 4 - 1);
        AssertAgree(twins);
    }

    [Theory]
    [InlineData(MemoryFormat.BFloat16, 0.02)]
    [InlineData(MemoryFormat.BFloat16Stochastic, 0.02)]
    public void A_narrow_memory_comes_close(MemoryFormat format, double tolerance)
    {
        using var twins = new RuleTwins(device.Accelerator, "SignMomentum", Options() with { MemoryFormat = format }, [3000, 5]);
        twins.Steps(4);
        twins.AssertParametersAgree(tolerance);
    }

    [Fact]
    public void A_fixed_law_is_two_launches_and_keeps_no_unit_that_is_made_afresh()
    {
        using var twins = new RuleTwins(device.Accelerator, "Lion", Options() with { SkipNonFinite = false }, [4096]);
        twins.Steps(3);
        Assert.Equal((2, 4096 * 4, 5 * 4), (twins.OnDevice.Footprint.LaunchesPerStep, twins.OnDevice.Footprint.MemoryBytes, twins.OnDevice.Footprint.BytesMovedPerParameter));
        Assert.Throws<InvalidOperationException>(() => twins.OnDevice.ReadGram());
        Assert.Throws<InvalidOperationException>(() => twins.OnDevice.LinearMemory);
        Assert.Contains(
            "'sign' is not kept",
            Assert.Throws<ArgumentException>(() => new DeclaredRules.Lion.Device(device.Accelerator, 3, new() { FixedLaw = null })).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new DeclaredRules.Lion(3, new() { FixedLaw = null }));
    }

    [Fact]
    public void Kernels_of_another_rule_are_refused() => Assert.Contains(
        "has the kernels of units direction, gradient; kept direction, gradient, m, v; rule ",
        Assert.Throws<ArgumentException>(() => DeviceRequirements.CheckKernels(
            typeof(DeclaredRules.AdamMix.DeviceKernels), LinearMemory.Parse("M(0.9)"), device.Accelerator.AcceleratorType)).Message,
        StringComparison.Ordinal);

    private static RuleTwins.Options Options() => new() { LearningRate = 0.01, LawLearningRate = 0.02, SkipNonFinite = true };

    // The law too, which small differences of sums add up in; of few parameters G is next to singular, and makes them larger.
    private static void AssertAgree(RuleTwins twins)
    {
        twins.AssertAgree(5e-6);
        var tolerance = twins.OnCpu.Length < 100 ? 2e-3 : 1e-4;
        Assert.All(twins.OnCpu.LawCoefficients.ToArray().Zip(twins.OnDevice.ReadLaw()), pair => Assert.Equal(pair.First, pair.Second, tolerance * Math.Max(1, Math.Abs(pair.First))));
    }
}
