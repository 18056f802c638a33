using Rllc.Runtime.Tests.Cpu;

namespace Rllc.Runtime.Tests.Wrappers;

public sealed class WideMathTests
{
    public static TheoryData<int> Lengths => [0, 1, 15, 16, 17, 31, 32, 33, 1000];

    [Theory, MemberData(nameof(Lengths))]
    public void Sums_are_those_of_a_loop(int length)
    {
        var (x, y) = (Run.Numbers(length, seed: 1), Run.Numbers(length, seed: 2));
        Assert.Equal(x.Zip(y, (a, b) => (double)a * b).Sum(), WideSums.Dot(x, y), 1e-12 * (1 + length));
        Assert.Equal(x.Zip(y, (a, b) => Math.Pow((Math.Abs(a) + 0.25) * b, 2)).Sum(), WideSums.ScaledSquares(x, y, 0.25), 1e-12 * (1 + length));
    }

    [Theory, MemberData(nameof(Lengths))]
    public void Changes_are_rounded_once(int length)
    {
        var (θ, x) = (Run.Numbers(length, seed: 1), Run.Numbers(length, seed: 2));
        float[] sums = [.. θ], scaled = [.. θ], differences = [.. θ];
        WideUpdates.Add(sums, x, 0.1);
        WideUpdates.AddScaled(scaled, x, 0.25, 0.1);
        WideUpdates.Subtract(differences, x);

        Assert.Equal(θ.Zip(x, (a, b) => (float)(a + 0.1 * b)), sums);
        Assert.Equal(θ.Zip(x, (a, b) => (float)(a + 0.1 * ((Math.Abs((double)a) + 0.25) * (Math.Abs((double)a) + 0.25) * b))), scaled);
        Assert.Equal(θ.Zip(x, (a, b) => a - b), differences);
    }

    [Fact]
    public void Sums_neither_overflow_nor_vanish()
    {
        Assert.True(double.IsFinite(WideSums.Dot([float.MaxValue, float.MaxValue], [float.MaxValue, float.MaxValue])));
        Assert.True(WideSums.Dot([float.Epsilon], [float.Epsilon]) > 0);
    }
}
