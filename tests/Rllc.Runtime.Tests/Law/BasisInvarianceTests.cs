using MathNet.Numerics.LinearAlgebra;

namespace Rllc.Tests;

/// <summary>A memory in another basis, (Q⁻¹BQ, Qᵀa) with the law Q⁻¹L₀, is the same optimizer; only the invariant relaxation keeps it so.</summary>
public class BasisInvarianceTests
{
    private const int Parameters = 40, Steps = 50, Bases = 8;

    public static TheoryData<string> Specs =>
    [
        "M(0.9) ⊕ M(0)", "M(0.9) ⊕ M(0.8) ⊕ M(0.7)", "M2(0.6)", "M3(0.6)", "M(0.9) ⊕ M2(0.6)", "M(0.9) ⊕ M(0) ⊕ M2(0.6)",
        "M(0.9) ⊕ M(-0.9) ⊕ CM(0.9i)",
    ];

    [Theory]
    [MemberData(nameof(Specs))]
    public void The_invariant_relaxation_gives_the_same_run_in_every_basis(string spec)
    {
        for (var seed = 0; seed < Bases; seed++)
        {
            Assert.InRange(Difference(spec, Relaxation.Invariant, 1e-3, seed), 0, 1e-9);
            Assert.InRange(Difference(spec, Relaxation.Invariant, 1e-6, seed), 0, 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Specs))]
    public void The_relaxation_of_the_paper_gives_another_run_in_another_basis(string spec)
    {
        var differences = Enumerable.Range(0, Bases).Select(seed => Difference(spec, Relaxation.Absolute, 1e-3, seed));
        Assert.InRange(differences.Average(), 0.005, 1);
    }

    /// <summary>The larger of the relative differences in θ and in L (brought back by Q) after the same problem in two bases.</summary>
    private static double Difference(string spec, Relaxation relaxation, double epsilon, int seed)
    {
        var memory = LinearMemory.Parse(spec);
        var Q = RandomData.Basis(memory.UnitCount, seed);
        var inBasis = memory.InBasis(Q);
        OptimizerOptions options = new() { Relaxation = relaxation, Epsilon = epsilon, LawLearningRate = 0.1 };
        var initial = Dense.Of(Q.Inverse()).Column(0).ToArray();
        // S of the second memory is computed anew, from its own B and a.
        var other = new LinearMemory(inBasis.B, inBasis.a);

        var (theta, law) = Run(memory, options, seed);
        var (otherTheta, otherLaw) = Run(other, options with { InitialLaw = initial }, seed);
        return Math.Max(
            (theta - otherTheta).L2Norm() / theta.L2Norm(),
            (law - Dense.Of(Q) * otherLaw).L2Norm() / law.L2Norm());
    }

    /// <summary>Minimises a quadratic with noisy gradients of norm about 1.</summary>
    private static (Vector<double> Theta, Vector<double> Law) Run(LinearMemory memory, OptimizerOptions options, int seed)
    {
        var random = new Random(seed);
        var optimizer = new DynamicOptimizer<double>(memory, Parameters, options);
        var theta = RandomData.Normal(Parameters, random);
        for (var step = 0; step < Steps; step++)
        {
            var noise = RandomData.Normal(Parameters, random);
            optimizer.Step(theta, [.. theta.Select((value, i) => 0.15 * ((0.1 + (double)i / Parameters) * value + noise[i]))]);
        }

        return (Dense.Of(theta), Dense.Of(optimizer.LawCoefficients.ToArray()));
    }
}
