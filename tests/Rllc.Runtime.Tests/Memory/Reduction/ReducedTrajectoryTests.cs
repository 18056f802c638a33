using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace Rllc.Tests;

/// <summary>An optimizer of a memory as given and one of its propagators, from laws that correspond, are the same optimizer.</summary>
public sealed class ReducedTrajectoryTests
{
    private const int Parameters = 40, Steps = 50, Seeds = 25;

    /// <summary>Beyond it, it is the law's own equations whose rounding exceeds the tolerance.</summary>
    private const double LargestConditionNumber = 1e5;

    public static TheoryData<int, int> Sizes => RandomMemories.Sizes;

    [Theory, MemberData(nameof(Sizes))]
    public void Parameters_and_laws_of_both_agree_over_fifty_steps(int units, int unreached)
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var blocks = RandomMemories.Blocks(units, new Random(1000 * units + seed));
            var propagators = LinearMemory.FromPropagators(blocks);
            if (propagators.ConditionNumber > LargestConditionNumber)
                continue;

            var memory = RandomMemories.Of(blocks, unreached, seed);
            var reduction = MemoryReduction.Of(memory.B, memory.a)!;
            var random = new Random(seed);
            var (law, theta) = (RandomData.Normal(memory.UnitCount, random), RandomData.Normal(Parameters, random));
            var given = new OptimizerByHand(memory, units, law, theta);
            var reduced = new DynamicOptimizer<double>(
                LinearMemory.FromPropagators(reduction.Blocks),
                Parameters,
                new() { LearningRate = 0.03, LawLearningRate = 0.1, Epsilon = 1e-3, InitialLaw = [.. Times(reduction.PseudoInverse, law)] });
            for (var step = 0; step < Steps; step++)
            {
                var noise = RandomData.Normal(Parameters, random);
                given.Step(Gradient(given.Theta, noise));
                reduced.Step(theta, Gradient(Dense.Of(theta), noise).ToArray());
            }

            Assert.InRange(RelativeDifference(given.Theta, theta), 0, 1e-9);
            Assert.InRange(RelativeDifference(Dense.Of(reduced.LawCoefficients.ToArray()), Times(reduction.PseudoInverse, given.Law)), 0, 1e-7);
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void A_law_brought_back_takes_the_same_steps_and_is_the_shortest_that_does(int units, int unreached)
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var memory = RandomMemories.Of(RandomMemories.Blocks(units, new Random(1000 * units + seed)), unreached, seed);
            var reduction = MemoryReduction.Of(memory.B, memory.a)!;
            var law = RandomData.Normal(units, seed);
            var given = Times(reduction.Q, law);

            Assert.InRange(RelativeDifference(Dense.Of(law), Times(reduction.PseudoInverse, given)), 0, 1e-10);
            // The shortest solution is a combination of the rows.
            var rows = Rows(reduction.PseudoInverse);
            var combined = rows.Transpose() * (rows * rows.Transpose()).Solve(Dense.Of(law));
            Assert.InRange(RelativeDifference(combined, given), 0, 1e-7);
        }
    }

    // The gradient of a quadratic, with noise, of a norm of about 1.
    private static Vector<double> Gradient(Vector<double> theta, double[] noise) =>
        0.15 * (theta.MapIndexed((i, value) => (0.1 + (double)i / Parameters) * value) + Dense.Of(noise));

    private static double[] Times(ImmutableArray<ImmutableArray<double>> rows, IEnumerable<double> vector) =>
        (Rows(rows) * Dense.Of([.. vector])).ToArray();

    private static Matrix<double> Rows(ImmutableArray<ImmutableArray<double>> rows) => Matrix<double>.Build.DenseOfRows(rows.Select(row => row.AsEnumerable()));

    private static double RelativeDifference(Vector<double> expected, double[] actual) => (expected - Dense.Of(actual)).L2Norm() / expected.L2Norm();
}
