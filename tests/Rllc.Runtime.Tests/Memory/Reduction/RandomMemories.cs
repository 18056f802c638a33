using System.Collections.Immutable;
using Rllc.Spec;

namespace Rllc.Tests;

/// <summary>Random but repeatable memories whose sum of propagators is known.</summary>
internal static class RandomMemories
{
    /// <summary>Numbers of units that are reached and that are not.</summary>
    public static TheoryData<int, int> Sizes
    {
        get
        {
            var sizes = new TheoryData<int, int>();
            for (var units = 1; units <= 6; units++)
            for (var unreached = 0; unreached <= 2; unreached++)
                sizes.Add(units, unreached);
            return sizes;
        }
    }

    /// <summary>Blocks of an order up to 3 for real and complex eigenvalues, well apart; ordered as a reduction orders them.</summary>
    /// <param name="units">How many units they have together.</param>
    /// <param name="random">Where they come from.</param>
    public static ImmutableArray<Propagator> Blocks(int units, Random random)
    {
        var blocks = new List<Propagator>();
        for (var left = units; left > 0; left = units - blocks.Sum(block => block.UnitCount))
        {
            var isComplex = left > 1 && random.Next(3) == 0;
            var order = Math.Min(random.Next(1, 4), left / (isComplex ? 2 : 1));
            var (real, imaginary) = (random.Next(-90, 91) / 100.0, isComplex ? random.Next(10, 91) / 100.0 : 0);
            if (Math.Sqrt(real * real + imaginary * imaginary) < 0.95
                && !blocks.Exists(block => Math.Abs(block.Real - real) + Math.Abs(block.Imaginary - imaginary) < 0.2))
                blocks.Add(new(isComplex, order, real, imaginary, Label: null, "", ""));
        }

        return [.. blocks.OrderByDescending(block => block.Modulus).ThenBy(block => block.IsComplex).ThenByDescending(block => block.Real)];
    }

    /// <summary>The memory of some blocks and of units that it does not reach but reads, in a random basis.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="unreached">How many units are not reached.</param>
    /// <param name="seed">What everything random depends on.</param>
    public static LinearMemory Of(ImmutableArray<Propagator> blocks, int unreached, int seed)
    {
        var sum = LinearMemory.FromPropagators(blocks);
        var size = sum.UnitCount + unreached;
        var (B, random) = (new double[size, size], new Random(seed));
        for (var row = 0; row < size; row++)
        for (var column = 0; column < size; column++)
            B[row, column] = row >= sum.UnitCount ? random.NextDouble() - 0.5 : column < sum.UnitCount ? sum.B[row, column] : 0;

        var Q = RandomData.Basis(size, seed);
        return new(Q.Inverse() * new SquareMatrix(B) * Q, sum.a.AddRange(new double[unreached]) * Q);
    }
}
