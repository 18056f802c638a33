using Rllc.Kernels.Tests;
namespace Rllc.Emulation.Tests;

/// <summary>
/// The PTX that a GPU's driver would be given, started by the launcher that would start it there, comes to the numbers of the CPU's
/// kernels. Nothing is fused in it as a driver's compiler would, and sums are in another order: so rounding is not the same.
/// </summary>
public sealed class EmulatedStepTests
{
    // Several chunks, none, less than a quad, one, and a rest after the quads.
    private static readonly long[] Lengths = [4500, 0, 3, 1, 70];

    public static TheoryData<Type, LawTiming> Kinds
    {
        get
        {
            var kinds = new TheoryData<Type, LawTiming>();
            foreach (var optimizer in Declared.Constructors.Keys.Where(optimizer => !optimizer.IsDefined(typeof(FixedLawAttribute), inherit: false)))
                foreach (var timing in Enum.GetValues<LawTiming>())
                    kinds.Add(optimizer, timing);
            return kinds;
        }
    }

    public static TheoryData<MemoryFormat, LawTiming> Narrow => new()
    {
        { MemoryFormat.BFloat16, LawTiming.Exact },
        { MemoryFormat.BFloat16, LawTiming.Delayed },
        { MemoryFormat.BFloat16Stochastic, LawTiming.Exact },
        { MemoryFormat.BFloat16Stochastic, LawTiming.Delayed },
    };

    [SkippableTheory]
    [MemberData(nameof(Kinds))]
    public void Steps_come_to_what_the_CPU_comes_to(Type optimizer, LawTiming timing)
    {
        using var twins = new Twins(optimizer, Options(timing), Lengths);
        for (var step = 0; step < 6; step++)
        {
            twins.Step();
            AssertAgree(twins, 1e-5);
        }
        Assert.NotEqual(1, twins.Law.Device[0]);
        Assert.Equal((6, 0), (twins.Cuda.ReadStepCount(default), twins.Cuda.ReadSkippedCount(default)));
    }

    [SkippableTheory]
    [InlineData(1, LawTiming.Exact)]
    [InlineData(2, LawTiming.Delayed)]
    [InlineData(3, LawTiming.Exact)]
    public void Tensors_that_no_quad_fits_are_taken_element_by_element(int shift, LawTiming timing)
    {
        using var twins = new Twins(typeof(Declared.MomentumMix), Options(timing), Lengths, shift);
        for (var step = 0; step < 3; step++)
            twins.Step();
        AssertAgree(twins, 1e-5);
    }

    [SkippableTheory]
    [InlineData(LawTiming.Exact)]
    [InlineData(LawTiming.Delayed)]
    public void A_tensor_without_a_gradient_is_left_alone_and_the_Gram_matrix_is_that_of_the_others(LawTiming timing)
    {
        using var twins = new Twins(typeof(Declared.ThreeMomenta), Options(timing), Lengths);
        twins.Step();
        twins.Step(missing: 0);
        AssertAgree(twins, 1e-5);
        twins.Step(missing: 4);
        twins.Step();
        AssertAgree(twins, 1e-5);
    }

    [SkippableTheory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(1e30f)]
    public void A_step_that_must_not_be_taken_changes_nothing(float poison)
    {
        using var twins = new Twins(typeof(Declared.MomentumMix), Options(LawTiming.Exact), Lengths);
        twins.Step();
        var (before, law, unit) = (twins.Parameters.Device, twins.Law.Device, twins.Unit(0).Device);
        twins.Step(poison: poison);
        Assert.Equal(before, twins.Parameters.Device);
        Assert.Equal(law, twins.Law.Device);
        Assert.Equal(unit, twins.Unit(0).Device);
        Assert.Equal((1, 1), (twins.Cuda.ReadStepCount(default), twins.Cuda.ReadSkippedCount(default)));
        twins.Step();
        AssertAgree(twins, 1e-5);
    }

    // A number on the edge is rounded the other way where it differs in its last bit: by one part in 256, in a few places.
    [SkippableTheory]
    [MemberData(nameof(Narrow))]
    public void Memory_in_bfloat16_is_that_of_the_CPU_within_its_rounding(MemoryFormat format, LawTiming timing)
    {
        using var twins = new Twins(typeof(Declared.MomentumMix), Options(timing) with { MemoryFormat = format }, Lengths);
        for (var step = 0; step < 6; step++)
            twins.Step();
        AssertAgree(twins, 1e-3);
        var unit = twins.Unit(0);
        Assert.All(unit.Device, entry => Assert.Equal(0u, BitConverter.SingleToUInt32Bits(entry) & 0xFFFF));
        var scale = unit.Cpu.Max(Math.Abs);
        for (var i = 0; i < unit.Cpu.Length; i++)
            Assert.Equal(unit.Cpu[i], unit.Device[i], scale / 64);
        // Rounding to the nearest keeps all but those few the same; rounding at random does not.
        var equal = unit.Cpu.Zip(unit.Device).Count(pair => pair.First == pair.Second);
        if (format == MemoryFormat.BFloat16)
            Assert.InRange(equal, 0.99 * unit.Cpu.Length, unit.Cpu.Length);
        // Neither way is biased.
        Assert.Equal(unit.Cpu.Average(), unit.Device.Average(), 1e-3 * scale);
    }

    [SkippableTheory]
    [InlineData(Relaxation.Trace)]
    [InlineData(Relaxation.Absolute)]
    public void Every_relaxation_that_a_device_knows_gives_the_CPU_s_law(Relaxation relaxation)
    {
        using var twins = new Twins(typeof(Declared.Cyclic), Options(LawTiming.Exact) with { Relaxation = relaxation, Epsilon = 1e-2 }, Lengths);
        for (var step = 0; step < 4; step++)
            twins.Step();
        AssertAgree(twins, 1e-5);
    }

    [SkippableFact]
    public void Clipping_loss_scale_maximize_and_rates_are_those_of_the_CPU()
    {
        var options = Options(LawTiming.Exact) with { MaxGradientNorm = 0.01, LossScale = 8, Maximize = true, LawInterval = 2, HoldCorrections = 1 };
        using var twins = new Twins(typeof(Declared.MomentumMix), options, Lengths);
        for (var step = 0; step < 5; step++)
        {
            twins.Cpu.LearningRate = twins.Cuda.LearningRate = 0.01 * (step + 1);
            twins.Step();
            AssertAgree(twins, 1e-5);
        }
        Assert.InRange(twins.Cuda.ReadReport(default).ClipFactor, 0.001, 0.5);
    }

    [SkippableTheory]
    [InlineData(LawTiming.Exact)]
    [InlineData(LawTiming.Delayed)]
    public void Groups_of_tensors_move_by_their_own_rates_under_the_law_of_all(LawTiming timing)
    {
        using var twins = new Twins(typeof(Declared.MomentumMix), Options(timing), Lengths);
        twins.Cpu.SetGroups([0, 0, 1, 2, 1], count: 3);
        twins.Cuda.SetGroups([0, 0, 1, 2, 1], count: 3);
        for (var step = 0; step < 4; step++)
        {
            SetRates(0, 0.05, 0.1);
            SetRates(1, 0.02 * step, 0);
            SetRates(2, 0, 0.3);
            twins.Step();
            AssertAgree(twins, 1e-5);
        }
        // Of a learning rate of 0, also the decay is none.
        var (cpu, device) = twins.Parameters;
        Assert.Equal(cpu[4503], device[4503]);

        void SetRates(int group, double learningRate, double weightDecay)
        {
            twins.Cpu.SetRates(group, learningRate, weightDecay);
            twins.Cuda.SetRates(group, learningRate, weightDecay);
        }
    }

    [SkippableTheory]
    [InlineData(typeof(Declared.Nesterov), MemoryFormat.Float32, double.PositiveInfinity, 1e-5)]
    [InlineData(typeof(Declared.Nesterov), MemoryFormat.Float32, 0.01, 1e-5)]
    [InlineData(typeof(Declared.Nesterov), MemoryFormat.BFloat16, double.PositiveInfinity, 1e-3)]
    [InlineData(typeof(DeclaredRules.Lion), MemoryFormat.Float32, double.PositiveInfinity, 1e-5)]
    [InlineData(typeof(DeclaredRules.Lion), MemoryFormat.Float32, 0.01, 1e-5)]
    public void Steps_with_a_fixed_law_come_to_what_the_CPU_comes_to(Type optimizer, MemoryFormat format, double maxGradientNorm, double tolerance)
    {
        var options = new OptimizerOptions
        {
            FixedLaw = optimizer == typeof(DeclaredRules.Lion) ? [1] : [0.9, 1],
            LawLearningRate = 0,
            SkipNonFinite = false,
            LearningRate = 0.05,
            WeightDecay = 0.1,
            LossScale = 8,
            MaxGradientNorm = maxGradientNorm,
            MemoryFormat = format,
        };
        using var twins = new Twins(optimizer, options, Lengths);
        for (var step = 0; step < 6; step++)
        {
            twins.Step(missing: step == 3 ? 0 : -1);
            AssertAgree(twins, tolerance);
        }

        var report = twins.Cuda.ReadReport(default);
        Assert.Equal(double.IsPositiveInfinity(maxGradientNorm), double.IsNaN(report.GradientNorm));
        Assert.Equal((6, 0), (twins.Cuda.ReadStepCount(default), twins.Cuda.ReadSkippedCount(default)));
    }

    // ε so large that rounding of c is not magnified into the law.
    private static OptimizerOptions Options(LawTiming timing) => new()
    {
        Timing = timing,
        SkipNonFinite = timing == LawTiming.Exact,
        LearningRate = 0.05,
        LawLearningRate = 0.02,
        Epsilon = 0.1,
        WeightDecay = 0.1,
    };

    private static void AssertAgree(Twins twins, double tolerance)
    {
        var law = twins.Law;
        for (var i = 0; i < law.Cpu.Length; i++)
            Assert.Equal(law.Cpu[i], law.Device[i], tolerance);
        var parameters = twins.Parameters;
        for (var i = 0; i < parameters.Cpu.Length; i++)
            Assert.Equal(parameters.Cpu[i], parameters.Device[i], tolerance);
    }
}
