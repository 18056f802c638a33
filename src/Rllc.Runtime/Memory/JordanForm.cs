using System.Collections.Immutable;
using Rllc.Spec;

namespace Rllc;

/// <summary>
/// What is known of a memory in closed form because its propagators give B's Jordan blocks.
/// </summary>
internal static class JordanForm
{
    /// <summary>
    /// B: on the diagonal β, or [[α, −β], [β, α]] for α + βi; above it 1, or the 2×2 unit matrix, within each block.
    /// </summary>
    public static SquareMatrix Matrix(ImmutableArray<Propagator> blocks)
    {
        var size = blocks.Sum(block => block.UnitCount);
        var B = new double[size, size];
        var first = 0;
        foreach (var block in blocks)
        {
            var width = Width(block);
            for (var unit = first; unit < first + block.UnitCount; unit += width)
            {
                for (var i = unit; i < unit + width; i++)
                {
                    B[i, i] = block.Real;
                    if (unit > first)
                        B[i - width, i] = 1;
                }

                if (block.IsComplex)
                    (B[unit, unit + 1], B[unit + 1, unit]) = (-block.Imaginary, block.Imaginary);
            }

            first += block.UnitCount;
        }

        return new(B);
    }

    /// <summary>a: 1 at the first unit of each block, 0 elsewhere.</summary>
    public static ImmutableArray<double> Input(ImmutableArray<Propagator> blocks)
    {
        var a = ImmutableArray.CreateBuilder<double>();
        foreach (var block in blocks)
            for (var unit = 0; unit < block.UnitCount; unit++)
                a.Add(unit == 0 ? 1 : 0);
        return a.ToImmutable();
    }

    /// <summary>The eigenvalues come without any computation.</summary>
    public static double SpectralRadius(ImmutableArray<Propagator> blocks) => blocks.Max(block => block.Modulus);

    /// <summary>
    /// Whether every unit gets something of its own to remember: each eigenvalue in one block only (paper, theorem 5.3), and
    /// no complex block with a real eigenvalue, whose second unit of a pair would stay 0.
    /// </summary>
    public static bool IsControllable(ImmutableArray<Propagator> blocks) =>
        blocks.All(block => !block.IsComplex || block.Imaginary != 0)
        && blocks.Select(block => (block.Real, Math.Abs(block.Imaginary))).Distinct().Count() == blocks.Length;

    /// <summary>
    /// The weight of g_{t−lag} in a unit: C(lag, i−1)·λ^{lag−i+1} for the i-th place of a chain, real part and minus the
    /// imaginary part for the two units of a complex place.
    /// </summary>
    public static double AbstractRule(ImmutableArray<Propagator> blocks, int unit, int lag)
    {
        var index = 0;
        while (unit >= blocks[index].UnitCount)
            unit -= blocks[index++].UnitCount;

        var block = blocks[index];
        var place = unit / Width(block);
        if (lag < place)
            return 0;

        var (real, imaginary) = Power(block.Real, block.Imaginary, lag - place);
        var isSecondOfPair = block.IsComplex && unit % 2 == 1;
        return Binomial(lag, place) * (isSecondOfPair ? -imaginary : real);
    }

    private static int Width(Propagator block) => block.IsComplex ? 2 : 1;

    private static double Binomial(int n, int k)
    {
        var product = 1.0;
        for (var i = 1; i <= k; i++)
            product = product * (n - k + i) / i;
        return product;
    }

    private static (double Real, double Imaginary) Power(double real, double imaginary, int exponent)
    {
        var (x, y) = (1.0, 0.0);
        for (; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) == 1)
                (x, y) = (x * real - y * imaginary, x * imaginary + y * real);
            (real, imaginary) = (real * real - imaginary * imaginary, 2 * real * imaginary);
        }

        return (x, y);
    }
}
