namespace Rllc.Kernels.Tests;

/// <summary>A memory M of a few parameters, for sums that a step can really have: G of anything else is not semidefinite.</summary>
internal sealed class SmallMemory(LinearMemory memory)
{
    /// <summary>More than there are lanes, and not a multiple of them.</summary>
    public const int Chunks = 37;

    private readonly double[,] _M = new double[Chunks, memory.UnitCount];

    public int SumCount { get; } = memory.UnitCount + 1 + memory.UnitCount * (memory.UnitCount + 1) / 2;

    /// <summary>The memory of a random, stable propagation matrix and a random input vector.</summary>
    public static LinearMemory Random(int k, Random random)
    {
        var B = SquareMatrix.FromRowMajor(k, Numbers(k * k));
        return new((0.95 / Stationary.SpectralRadius(B)) * B, [.. Numbers(k)]);

        double[] Numbers(int count) => Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5).ToArray();
    }

    /// <summary>Each chunk's c, γ and pairs, one parameter a chunk; where the pairs are not due, NaN stands in for them.</summary>
    public double[] Partials(double[] g, bool withGram)
    {
        var partials = new double[Chunks * SumCount];
        var next = 0;
        for (var p = 0; p < Chunks; p++)
        {
            for (var i = 0; i < memory.UnitCount; i++)
                partials[next++] = Coarse(_M[p, i] * g[p]);
            partials[next++] = Coarse(g[p] * g[p]);
            for (var i = 0; i < memory.UnitCount; i++)
                for (var j = i; j < memory.UnitCount; j++)
                    partials[next++] = withGram ? Coarse(_M[p, i] * _M[p, j]) : double.NaN;
        }
        return partials;
    }

    /// <summary>What the host takes for the sums: chunk after chunk.</summary>
    public double[] Sums(double[] partials) =>
        Enumerable.Range(0, SumCount).Select(sum => Enumerable.Range(0, Chunks).Sum(chunk => partials[chunk * SumCount + sum])).ToArray();

    /// <summary>M ← MB + scale·gaᵀ.</summary>
    public void Advance(double[] g, double scale)
    {
        for (var p = 0; p < Chunks; p++)
        {
            var old = Enumerable.Range(0, memory.UnitCount).Select(unit => _M[p, unit]).ToArray();
            for (var i = 0; i < memory.UnitCount; i++)
                _M[p, i] = scale * g[p] * memory.a[i] + Enumerable.Range(0, old.Length).Sum(unit => old[unit] * memory.B[unit, i]);
        }
    }

    /// <summary>Few enough bits that every order of adding up gives the same sum: what is left to differ is the law.</summary>
    private static double Coarse(double value) => Math.Round(value * 1048576) / 1048576;
}
