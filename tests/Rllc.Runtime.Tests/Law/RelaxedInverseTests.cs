using MathNet.Numerics.LinearAlgebra;

namespace Rllc.Tests;

public class RelaxedInverseTests
{
    private static readonly Relaxation[] All = Enum.GetValues<Relaxation>();

    public static TheoryData<Relaxation> Relaxations => [.. All];

    [Theory]
    [MemberData(nameof(Relaxations))]
    public void Each_relaxation_is_its_formula(Relaxation relaxation)
    {
        foreach (var k in (int[])[1, 2, 3, 5, 8])
        {
            var (G, S) = (Gram(k, rows: k + 3, seed: k), Gram(k, rows: k + 2, seed: 100 + k));
            var c = Dense.Of(RandomData.Normal(k, seed: 200 + k));
            const double epsilon = 1e-3;
            var one = Matrix<double>.Build.DenseIdentity(k);
            var expected = relaxation switch
            {
                Relaxation.Invariant => (G + epsilon * (S.Inverse() * G).Trace() / k * S).Solve(c),
                Relaxation.Trace => (G + epsilon * G.Trace() / k * one).Solve(c),
                Relaxation.Absolute => (G + epsilon * one).Solve(c),
                _ => PseudoInverse(G, epsilon) * c,
            };
            AssertClose(expected, Apply(relaxation, epsilon, G, S, c), 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Relaxations))]
    public void A_Gram_matrix_of_zero_gives_zero(Relaxation relaxation)
    {
        var zero = Matrix<double>.Build.Dense(3, 3);
        var result = Apply(relaxation, 1e-6, zero, Gram(3, 5, seed: 1), Dense.Of([0.0, 0, 0]));
        Assert.Equal([0.0, 0, 0], result);
    }

    [Theory]
    [MemberData(nameof(Relaxations))]
    public void A_tiny_relaxation_of_a_regular_matrix_is_its_inverse(Relaxation relaxation)
    {
        var G = Gram(4, rows: 40, seed: 7);
        var c = Dense.Of(RandomData.Normal(4, seed: 8));
        AssertClose(G.Solve(c), Apply(relaxation, 1e-13, G, Gram(4, 20, seed: 9), c), 1e-10);
    }

    [Theory]
    [MemberData(nameof(Relaxations))]
    public void A_matrix_of_rank_1_gives_a_bounded_solution(Relaxation relaxation)
    {
        // G = mmᵀ, c = m: every relaxed solution δ has m·δ near 1, since G(G⁺c) must give c back.
        var m = Dense.Of([1, 2, -3.0]);
        var delta = Apply(relaxation, 1e-6, m.OuterProduct(m), Gram(3, 9, seed: 10), m);
        Assert.Equal(1, m.DotProduct(Dense.Of(delta)), 1e-4);
        Assert.True(Dense.Of(delta).L2Norm() < 10);
    }

    [Fact]
    public void A_unit_that_is_always_zero_stays_without_a_coefficient()
    {
        var G = Matrix<double>.Build.DenseOfArray(new[,] { { 4.0, 0, 2 }, { 0, 0, 0 }, { 2, 0, 3 } });
        foreach (var relaxation in All)
        {
            var delta = Apply(relaxation, 1e-9, G, G, Dense.Of([2.0, 0, 1]));
            Assert.Equal(0.5, delta[0], 1e-6);
            Assert.Equal(0, delta[1]);
            Assert.Equal(0, delta[2], 1e-6);
        }
    }

    [Fact]
    public void A_diagonal_entry_that_rounding_made_negative_is_no_pivot()
    {
        var x = new double[2];
        new PivotedLdl(2).Solve([4, 0, 0, -1e-20], [2, 1], x);
        Assert.Equal([0.5, 0], x);
    }

    [Theory]
    [InlineData(Relaxation.Invariant)]
    [InlineData(Relaxation.Trace)]
    [InlineData(Relaxation.PseudoInverse)]
    public void The_scale_of_the_gradient_does_not_matter(Relaxation relaxation)
    {
        var (G, S) = (Gram(3, 3, seed: 11), Gram(3, 5, seed: 12));
        var c = Dense.Of(RandomData.Normal(3, seed: 13));
        var expected = Dense.Of(Apply(relaxation, 1e-3, G, S, c));
        foreach (var scale in (double[])[1e-60, 1e-12, 1e12, 1e60])
            AssertClose(expected, Apply(relaxation, 1e-3, scale * G, S, scale * c), 1e-12);
    }

    [Fact]
    public void The_invariant_relaxation_goes_along_with_a_change_of_basis_and_the_others_do_not()
    {
        // G̃ = QᵀGQ, S̃ = QᵀSQ, c̃ = Qᵀc; an invariant law has δ̃ = Q⁻¹δ.
        var (G, S, Q) = (Gram(3, 3, seed: 14), Gram(3, 6, seed: 15), Dense.Of(RandomData.Basis(3, seed: 16)));
        var c = Dense.Of(RandomData.Normal(3, seed: 17));
        double Difference(Relaxation relaxation)
        {
            var original = Dense.Of(Apply(relaxation, 1e-2, G, S, c));
            var other = Dense.Of(Apply(relaxation, 1e-2, Q.Transpose() * G * Q, Q.Transpose() * S * Q, Q.Transpose() * c));
            return (Q * other - original).L2Norm() / original.L2Norm();
        }

        Assert.True(Difference(Relaxation.Invariant) < 1e-12);
        Assert.True(Difference(Relaxation.Trace) > 1e-3);
        Assert.True(Difference(Relaxation.Absolute) > 1e-3);
    }

    [Fact]
    public void Eigenvalues_and_vectors_rebuild_the_matrix()
    {
        foreach (var k in (int[])[1, 2, 5, 16])
        {
            var G = Gram(k, rows: 2 * k, seed: k);
            var (values, vectors) = (G.ToRowMajorArray(), new double[k * k]);
            SymmetricEigen.Diagonalize(k, values, vectors);
            var V = Matrix<double>.Build.DenseOfRowMajor(k, k, vectors);
            var D = Matrix<double>.Build.DenseOfDiagonalVector(Matrix<double>.Build.DenseOfRowMajor(k, k, values).Diagonal());
            Assert.True((V * D * V.Transpose() - G).L2Norm() <= 1e-13 * G.L2Norm());
            Assert.True((V.Transpose() * V - Matrix<double>.Build.DenseIdentity(k)).L2Norm() <= 1e-13);
        }
    }

    private static Matrix<double> Gram(int size, int rows, int seed)
    {
        var M = Matrix<double>.Build.DenseOfRowMajor(rows, size, RandomData.Normal(rows * size, seed));
        return M.TransposeThisAndMultiply(M);
    }

    private static Matrix<double> PseudoInverse(Matrix<double> G, double epsilon)
    {
        var decomposition = G.Evd(Symmetricity.Symmetric);
        var values = decomposition.EigenValues.Real();
        var inverses = values.Map(value => value > epsilon * values.Maximum() ? 1 / value : 0);
        return decomposition.EigenVectors * Matrix<double>.Build.DenseOfDiagonalVector(inverses) * decomposition.EigenVectors.Transpose();
    }

    private static double[] Apply(Relaxation relaxation, double epsilon, Matrix<double> G, Matrix<double> S, Vector<double> c)
    {
        var result = new double[c.Count];
        var inverse = new RelaxedInverse(relaxation, epsilon, new(S.ToArray()));
        inverse.Apply(G.ToRowMajorArray(), c.ToArray(), result);
        return result;
    }

    private static void AssertClose(Vector<double> expected, double[] actual, double tolerance) =>
        Assert.True((expected - Dense.Of(actual)).L2Norm() <= tolerance * expected.L2Norm(), $"{expected} {string.Join(' ', actual)}");
}
