using System.Collections.Immutable;

namespace Rllc;

/// <summary>Limits of a linear memory: the spectral radius of B and the Gram matrix S that white gradients lead to.</summary>
internal static class Stationary
{
    /// <summary>From here on a spectral radius counts as 1: the sum that defines S would not end, or not mean anything.</summary>
    public const double Marginal = 1 - 1e-9;

    /// <summary>ρ(B) by Gelfand's formula: the 2ʲ-th root of the size of B to the power 2ʲ.</summary>
    public static double SpectralRadius(SquareMatrix B)
    {
        var logarithm = 0.0;
        var weight = 1.0;
        for (var squarings = 0; squarings < 60; squarings++)
        {
            var size = B.LargestEntry();
            if (size == 0)
                return 0;
            logarithm += weight * Math.Log(size);
            if (size < 1e-140)
                break; // A long Jordan chain dwarfs its own diagonal, which must not underflow.
            weight /= 2;
            B = 1 / size * B;
            B *= B;
        }

        return Math.Exp(logarithm);
    }

    /// <summary>
    /// S = BᵀSB + aaᵀ = Σ (Bᵀ)ʲaaᵀBʲ, its first 1, 2, 4, … summands at a time. Every summand is positive semidefinite, so
    /// nothing cancels. Needs ρ(B) &lt; 1.
    /// </summary>
    public static SquareMatrix Gram(SquareMatrix B, ImmutableArray<double> a)
    {
        var S = Outer(a);
        var power = B;
        for (long summands = 1; ; summands *= 2)
        {
            var sum = S + power.Transpose() * S * power;
            // B satisfies its own characteristic equation: k summands that change nothing are followed by no others.
            if (summands >= B.Size && (sum - S).LargestEntry() == 0)
                return 0.5 * (S + S.Transpose());
            if (summands > 1L << 40)
                throw new ArgumentException("The memory has no stationary Gram matrix: its spectral radius is not below 1.", nameof(B));
            S = sum;
            power *= power;
        }
    }

    /// <summary>The largest eigenvalue over the smallest; infinite where the smallest is not positive.</summary>
    public static double ConditionNumber(SquareMatrix S)
    {
        var (eigenvalues, vectors) = (S.ToRowMajor(), new double[S.Size * S.Size]);
        SymmetricEigen.Diagonalize(S.Size, eigenvalues, vectors);
        var (smallest, largest) = (double.PositiveInfinity, 0.0);
        for (var i = 0; i < S.Size; i++)
        {
            smallest = Math.Min(smallest, eigenvalues[i * S.Size + i]);
            largest = Math.Max(largest, eigenvalues[i * S.Size + i]);
        }

        return smallest > 0 ? largest / smallest : double.PositiveInfinity;
    }

    /// <summary>Whether S is positive definite to within rounding, whatever the size of the single units.</summary>
    public static bool IsDefinite(SquareMatrix S)
    {
        var normed = new double[S.Size, S.Size];
        for (var i = 0; i < S.Size; i++)
        for (var j = 0; j < S.Size; j++)
            normed[i, j] = S[i, j] / Math.Sqrt(S[i, i]) / Math.Sqrt(S[j, j]);
        return ConditionNumber(new(normed)) < 1e14;
    }

    private static SquareMatrix Outer(ImmutableArray<double> a)
    {
        var product = new double[a.Length, a.Length];
        for (var i = 0; i < a.Length; i++)
        for (var j = 0; j < a.Length; j++)
            product[i, j] = a[i] * a[j];
        return new(product);
    }
}
