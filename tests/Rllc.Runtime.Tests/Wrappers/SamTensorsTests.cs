using Rllc.Runtime.Tests.Cpu;

namespace Rllc.Runtime.Tests.Wrappers;

public sealed class SamTensorsTests
{
    private static readonly long[] Lengths = [17, 0, 4099, 1];

    [Fact]
    public void Several_tensors_ascend_as_one()
    {
        var valley = new Valley(4117);
        using var optimizer = new MomentumMixByHand(Lengths, new() { LearningRate = 0 });
        var (θ, g) = (Valley.Tensors(valley.Parameters, Lengths), Valley.Tensors(valley.Gradient, Lengths));
        var ascended = Array.Empty<float>();
        double Closure()
        {
            ascended = [.. valley.Parameters];
            return valley.Backward();
        }
        new Sam(optimizer).Step(θ, [.. g], Closure);
        var expected = ascended;
        using var flat = new MomentumMixByHand(4117, new() { LearningRate = 0 });
        new Sam(flat).Step(valley.Parameters, valley.Gradient, Closure);

        // The norms are sums in another order.
        Assert.All(expected.Zip(ascended), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.NotEqual(expected, valley.Parameters);
    }

    [Fact]
    public void A_tensor_without_a_gradient_does_not_ascend()
    {
        var valley = new Valley(4117);
        using var optimizer = new MomentumMixByHand(Lengths);
        var before = valley.Parameters.ToArray();
        var g = Valley.Tensors(valley.Gradient, Lengths);
        g[0] = default;
        var report = new Sam(optimizer).Step(Valley.Tensors(valley.Parameters, Lengths), [.. g], () =>
        {
            Assert.Equal(before[..17], valley.Parameters[..17]);
            return valley.Backward();
        });

        Assert.True(report is { Ascended: true, Step.Applied: true });
        Assert.Equal(Math.Sqrt(new Valley(4117).GradientAt(Array.ConvertAll(before, x => (double)x)).Skip(17).Sum(x => x * x)), report.AscentNorm, 1e-4);
        Assert.Equal(before[..17], valley.Parameters[..17]);
        Assert.NotEqual(before[17..], valley.Parameters[17..]);
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_the_closure_is_called()
    {
        using var optimizer = new MomentumMixByHand(Lengths);
        using var flat = new MomentumMixByHand(3);
        var (sam, flatSam) = (new Sam(optimizer), new Sam(flat));
        var shared = new float[8200];
        var never = new Func<double>(() => throw new InvalidOperationException("The closure was called."));
        Assert.Throws<ArgumentException>("parameters", () => { sam.Step([shared, shared], [shared, shared], never); });
        Assert.ThrowsAny<ArgumentException>(() => { sam.Step(Valley.Tensors(shared, [17, 0, 4099, 1]), [new float[17], default, new float[4], default], never); });
        Assert.Contains("overlap", Assert.Throws<ArgumentException>(() =>
        {
            sam.Step([shared.AsMemory(0, 17), default, shared.AsMemory(16, 4099), new float[1]], [default, default, default, default], never);
        }).Message);
        Assert.Throws<ArgumentException>("parameters", () => { flatSam.Step(new float[4], new float[3], never); });
        Assert.Throws<ArgumentException>("gradient", () => { flatSam.Step(new float[3], new float[2], never); });
        Assert.Throws<ArgumentException>("gradient", () => { flatSam.Step(shared.AsSpan(0, 3), shared.AsSpan(2, 3), never); });
        Assert.Throws<ArgumentNullException>("closure", () => { flatSam.Step(new float[3], new float[3], null!); });
        Assert.Throws<ArgumentNullException>("optimizer", () => new Sam(null!));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_radius_that_makes_no_sense_is_refused(double value)
    {
        using var optimizer = new MomentumMixByHand(3);
        Assert.Throws<ArgumentOutOfRangeException>("Radius", () => new Sam(optimizer, new() { Radius = value }));
        Assert.Throws<ArgumentOutOfRangeException>("AdaptiveOffset", () => new Sam(optimizer, new() { AdaptiveOffset = value }));
        var sam = new Sam(optimizer);
        Assert.Throws<ArgumentOutOfRangeException>("Radius", () => sam.Radius = value);
        Assert.Equal(0.05, sam.Radius);
    }

    [Fact]
    public void A_step_within_a_step_is_refused()
    {
        using var optimizer = new MomentumMixByHand(3);
        var sam = new Sam(optimizer);
        float[] θ = [1, 2, 3], g = [1, 1, 1];
        Assert.Throws<InvalidOperationException>(() => { sam.Step(θ, g, () => sam.Step(θ, g, () => 0).Loss); });
        Assert.True(sam.Step(θ, g, () => 0).Ascended);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var valley = new Valley(4117);
        using var optimizer = new MomentumMixByHand(Lengths, new() { Threads = 1 });
        var sam = new Sam(optimizer);
        var (θ, g) = (Valley.Tensors(valley.Parameters, Lengths), Array.ConvertAll(Valley.Tensors(valley.Gradient, Lengths), tensor => (ReadOnlyMemory<float>)tensor));
        var closure = valley.Backward;
        sam.Step(θ, g, closure);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 0; step < 100; step++)
            sam.Step(θ, g, closure);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
