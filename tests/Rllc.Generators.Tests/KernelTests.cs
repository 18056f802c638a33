using FsCheck;
using FsCheck.Fluent;
using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests;

/// <summary>Holds emitted kernels to the oracle, plain loops over the formulas.</summary>
public sealed class KernelTests(KernelTests.RandomOptimizers optimizers) : IClassFixture<KernelTests.RandomOptimizers>
{
    [Fact]
    public void Emitted_kernels_agree_with_the_formulas()
    {
        const int ChunkLength = Partition.ChunkLength;
        var runs =
            from spec in Gen.Choose(0, optimizers.Assembly.Specs.Count - 1)
            from length in Gen.Elements(0, 1, 7, 8, 9, 15, 16, 17, 100, ChunkLength - 1, ChunkLength, ChunkLength + 1, 3 * ChunkLength + 5)
            from options in Options(LinearMemory.Parse(optimizers.Assembly.Specs[spec]), length)
            from seed in Gen.Choose(0, 1_000_000)
            select (spec, length, options, seed);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(runs.ToArbitrary(), run => AssertAgrees(run.spec, run.length, run.options, run.seed)));
    }

    [Fact]
    public void Emitted_constants_are_those_of_the_memory()
    {
        for (var i = 0; i < optimizers.Assembly.Specs.Count; i++)
        {
            using var optimizer = optimizers.Assembly.Create(i, 0, new());
            var expected = LinearMemory.Parse(optimizers.Assembly.Specs[i]);

            Assert.Equal(expected.Spec, optimizer.LinearMemory.Spec);
            Assert.Equal(expected.Spec!.ToString(), optimizers.Assembly.Type(i).GetField("Spec")!.GetRawConstantValue());
            Assert.Equal(expected.B.ToRowMajor(), optimizer.LinearMemory.B.ToRowMajor());
            Assert.Equal(expected.a.AsEnumerable(), optimizer.LinearMemory.a);
            Assert.Equal(expected.S.ToRowMajor(), optimizer.LinearMemory.S.ToRowMajor());
        }
    }

    // Where G is near singular, a law follows the rounding of c, amplified by up to 1/ε: there is nothing to hold float32 to.
    // Hence no learning where G always is (an ill-conditioned memory, fewer parameters than units), and none at the default ε
    // as long as the memory is being filled.
    private static Gen<OptimizerOptions> Options(LinearMemory memory, int length) =>
        from delayed in Gen.Elements(false, true)
        from relaxation in Gen.Elements(Relaxation.Invariant, Relaxation.Trace)
        from epsilon in Gen.Elements(1e-3, 1e-6)
        from lawLearningRate in memory.ConditionNumber < 1000 && length > memory.UnitCount ? Gen.Elements(0, 0.003) : Gen.Constant(0.0)
        from law in Gen.Choose(-10, 10).ListOf(memory.UnitCount)
        from interval in Gen.Choose(1, 3)
        from hold in Gen.Choose(0, 3)
        from decay in Gen.Elements(0, 0.1)
        from maximize in Gen.Elements(false, true)
        from norm in Gen.Elements(double.PositiveInfinity, 1, 1000)
        from lossScale in Gen.Elements(1.0, 1024, 0.3)
        from threads in Gen.Choose(0, 3)
        from format in Gen.Elements(MemoryFormat.Float32, MemoryFormat.BFloat16)
        select new OptimizerOptions
        {
            Epsilon = epsilon,
            Relaxation = relaxation,
            LawLearningRate = lawLearningRate,
            InitialLaw = law.All(coefficient => coefficient == 0) ? null : [.. law.Select(coefficient => coefficient / 10.0)],
            Timing = delayed ? LawTiming.Delayed : LawTiming.Exact,
            SkipNonFinite = !delayed,
            MaxGradientNorm = delayed ? double.PositiveInfinity : norm,
            LawInterval = interval,
            HoldCorrections = epsilon < 1e-3 ? 2 * memory.UnitCount + hold : hold,
            WeightDecay = decay,
            Maximize = maximize,
            LossScale = lossScale,
            Threads = threads,
            MemoryFormat = format,
        };

    private void AssertAgrees(int spec, int length, OptimizerOptions options, int seed)
    {
        using var optimizer = optimizers.Assembly.Create(spec, length, options);
        var oracle = new DynamicOptimizer<float>(LinearMemory.Parse(optimizers.Assembly.Specs[spec]), length, options);
        var random = new Random(seed);
        var parameters = Normal(length, random);
        var expected = parameters.ToArray();
        var start = Norm(parameters);
        // In bfloat16 the least difference in rounding stores another neighbour where a number lies next to the middle of two, and
        // that element's memory is off by up to 2⁻⁷ from then on: few steps, and a tolerance that a wrong kernel misses by far.
        var (stepCount, tolerance) = options.MemoryFormat == MemoryFormat.Float32 ? (20, 1e-5) : (5, 0.05);
        for (var step = 0; step < stepCount; step++)
        {
            var gradient = Normal(length, random);
            optimizer.Step(parameters, gradient);
            oracle.Step(expected, gradient);
        }

        var difference = Norm(expected.Zip(parameters, (x, y) => x - y));
        Assert.True(difference <= tolerance * Math.Max(start, Norm(expected)), $"{optimizers.Assembly.Specs[spec]}, {options.MemoryFormat}: θ is off by {difference}");
        Assert.Equal(stepCount, optimizer.StepCount);
    }

    private static float[] Normal(int length, Random random) =>
        [.. Enumerable.Range(0, length).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];

    private static double Norm(IEnumerable<float> values) => Math.Sqrt(values.Sum(value => (double)value * value));

    public sealed class RandomOptimizers
    {
        internal OptimizerAssembly Assembly { get; } = new([.. RandomSpecs.All.Take(54)]);
    }
}
