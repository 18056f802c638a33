namespace Rllc.Tests;

/// <summary>Random but repeatable data.</summary>
public static class RandomData
{
    /// <summary>Independent normal numbers of mean 0 and deviation 1.</summary>
    public static double[] Normal(int count, int seed) => Normal(count, new Random(seed));

    public static double[] Normal(int count, Random random)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
            values[i] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return values;
    }

    /// <summary>An invertible matrix whose condition number is at most 20.</summary>
    public static SquareMatrix Basis(int size, int seed)
    {
        var random = new Random(seed);
        while (true)
        {
            var basis = SquareMatrix.FromRowMajor(size, Normal(size * size, random));
            if (Dense.Of(basis).ConditionNumber() < 20)
                return basis;
        }
    }
}
