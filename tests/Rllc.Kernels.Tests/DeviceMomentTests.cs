namespace Rllc.Kernels.Tests;

/// <summary>Steps by moments on a device come to what the CPU's host comes to.</summary>
public sealed class DeviceMomentTests(CpuDevice device) : IClassFixture<CpuDevice>
{
    public static TheoryData<long[], int> Tensors => new()
    {
        { [1], 0 },
        { [0], 0 },
        { [4], 0 },
        { [7], 1 },
        { [4096, 5], 0 },
    };

    // Several chunks, none, less than a quad, and what no quad fits.
    public static TheoryData<string, int> Formulas
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (var formula in MomentTwins.Formulas)
                foreach (var offset in (int[])[0, 3])
                    cases.Add(formula, offset);
            return cases;
        }
    }

    [Theory, MemberData(nameof(Formulas))]
    public void Steps_of_every_formula_are_those_of_the_host(string formula, int offset)
    {
        using var twins = new MomentTwins(device.Accelerator, formula, new() { LearningRate = 0.01, WeightDecay = 0.1 }, [40, 0, 4101, 3], offset);
        twins.Steps(7);
        twins.AssertAgree();
    }

    [Theory, MemberData(nameof(Tensors))]
    public void Steps_of_any_tensors_are_those_of_the_host(long[] lengths, int offset)
    {
        foreach (var formula in (string[])["Adam", "Gradients"])
        {
            using var twins = new MomentTwins(device.Accelerator, formula, new() { LearningRate = 0.01, WeightDecay = 0.1 }, lengths, offset);
            twins.Steps(7);
            twins.AssertAgree();
        }
    }

    [Theory]
    [InlineData("Adam")]
    [InlineData("Gradients")]
    public void Gradients_are_clipped_unscaled_and_ascended(string formula)
    {
        var options = new MomentTwins.Options { LearningRate = 0.01, MaxGradientNorm = 0.3, LossScale = 8, Maximize = true, SkipNonFinite = true };
        using var twins = new MomentTwins(device.Accelerator, formula, options, [500, 33]);
        twins.Steps(5);
        Assert.InRange(twins.OnDevice.ReadReport().ClipFactor, 1e-3, 0.9);
        twins.OnDevice.LearningRate = twins.OnCpu.LearningRate = 0.002;
        twins.OnDevice.LossScale = twins.OnCpu.LossScale = 2;
        twins.Steps(5);
        twins.AssertAgree();
    }

    [Theory]
    [InlineData("AdamW")]
    [InlineData("Momenta")]
    public void A_step_that_is_skipped_writes_and_counts_nothing(string formula)
    {
        using var twins = new MomentTwins(device.Accelerator, formula, new() { SkipNonFinite = true, LearningRate = 0.01 }, [70, 4097]);
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
        twins.AssertAgree();
    }

    [Fact]
    public void Without_a_reason_to_know_the_norm_a_gradient_that_is_not_finite_is_taken_as_it_is()
    {
        using var twins = new MomentTwins(device.Accelerator, "Adam", new() { LearningRate = 0.01 }, [10]);
        twins.Step(poison: float.NaN);
        Assert.True(twins.OnDevice.ReadReport().Applied);
        Assert.Equal((double.NaN, 1), (twins.OnDevice.ReadReport().GradientNorm, twins.OnDevice.ReadReport().ClipFactor));
        Assert.True(twins.OnDevice.ReadReport().Law.IsEmpty);
        Assert.Equal([false, true], new[] { float.IsNaN(twins.Parameters[0]), float.IsNaN(twins.Parameters[^1]) });
    }

    [Theory]
    [InlineData("Adam")]
    [InlineData("Momenta")]
    [InlineData("Gradients")]
    [InlineData("RmsPropMomentum")]
    [InlineData("SgdMomentum")]
    [InlineData("ReferenceMomenta")]
    public void A_tensor_without_a_gradient_stays_what_it_is_and_counts_no_step(string formula)
    {
        using var twins = new MomentTwins(device.Accelerator, formula, new() { LearningRate = 0.01, WeightDecay = 0.1 }, [40, 4100, 7]);
        for (var step = 0; step < 15; step++)
            twins.Step(missing: step % 4 - 1);
        twins.AssertAgree();
        Assert.Equal(15, twins.OnDevice.ReadStepCount());
    }

    [Theory]
    [InlineData("Momenta")]
    [InlineData("Gradients")]
    [InlineData("RmsPropMomentum")]
    [InlineData("SgdMomentum")]
    [InlineData("ReferenceMomenta")]
    [InlineData("ReferenceGradients")]
    public void Entries_leave_where_larger_gradients_come(string formula)
    {
        using var twins = new MomentTwins(device.Accelerator, formula, new() { LearningRate = 0.01 }, [50, 60]);
        for (var step = 0; step < 60; step++)
            twins.Step(scale: MathF.Pow(3, step * 7 % 5));
        twins.AssertAgree(5e-6);
    }

    [Theory]
    [InlineData("Adam", 0.005)]
    [InlineData("Momenta", 0.02)]
    [InlineData("Gradients", 0.02)]
    [InlineData("RmsPropMomentum", 0.05)]
    [InlineData("SgdMomentum", 0.02)]
    [InlineData("ReferenceMomenta", 0.02)]
    public void A_memory_that_is_rounded_at_random_comes_close(string formula, double tolerance)
    {
        using var twins = new MomentTwins(
            device.Accelerator, formula, new() { LearningRate = 0.01, MemoryFormat = MemoryFormat.BFloat16Stochastic }, [3000, 5]);
        twins.Steps(10);
        twins.AssertParametersAgree(tolerance);
        var column = new float[3005];
        twins.OnDevice.CopyUnit(1, column);
        Assert.All(column, value => Assert.Equal(0u, BitConverter.SingleToUInt32Bits(value) & 0xFFFF));
    }

    [Fact]
    public void What_it_cannot_take_is_refused_before_anything_is_queued()
    {
        using var twins = new MomentTwins(device.Accelerator, "Adam", new(), [10]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeclaredMoments.Adam.Device(device.Accelerator, 3, new() { MemoryFormat = MemoryFormat.BFloat16 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeclaredMoments.Adam.Device(device.Accelerator, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeclaredMoments.Adam.Device(device.Accelerator, 3, new() { LearningRate = -1 }));
        Assert.Throws<InvalidOperationException>(() => twins.OnDevice.ReadReport().Applied);
        Assert.Throws<ArgumentException>(() => twins.OnDevice.Step(twins.θ[0], twins.θ[0]));
        Assert.Throws<ArgumentException>(() => twins.OnDevice.Step(twins.θ[0], twins.θ[0].SubView(0, 3)));
        Assert.Contains(
            "has the kernel of Adam, β₁ = 0.9",
            Assert.Throws<ArgumentException>(() => DeviceRequirements.CheckKernels(
                typeof(DeclaredMoments.Adam.DeviceKernels), new MomentFormula { Beta1 = 0.5, Beta2 = 0.999, Epsilon = 1e-8, IsDecoupled = false }, device.Accelerator.AcceleratorType)).Message,
            StringComparison.Ordinal);
        twins.OnDevice.Dispose();
        Assert.Throws<ObjectDisposedException>(() => twins.OnDevice.ReadStepCount());
    }
}
