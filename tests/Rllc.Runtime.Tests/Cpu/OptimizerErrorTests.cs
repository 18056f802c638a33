namespace Rllc.Runtime.Tests.Cpu;

public class OptimizerErrorTests
{
    private const int Length = 10;

    [Theory]
    [InlineData(9, 10, "parameters")]
    [InlineData(11, 10, "parameters")]
    [InlineData(0, 10, "parameters")]
    [InlineData(10, 9, "gradient")]
    [InlineData(10, 11, "gradient")]
    public void Lengths_must_be_that_of_the_optimizer(int parameterCount, int gradientCount, string argument)
    {
        using var run = Run.Of(Length).Steps(0, 2);
        var before = run.State();
        var thrown = Assert.Throws<ArgumentException>(argument, () => run.Optimizer.Step(new float[parameterCount], new float[gradientCount]));
        Assert.Contains("10", thrown.Message);
        Assert.Equal(before, run.State());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Parameters_and_gradient_must_not_overlap(int offset)
    {
        using var run = Run.Of(Length).Steps(0, 2);
        var before = run.State();
        var shared = Run.Numbers(2 * Length, seed: 5);
        var copy = shared.ToArray();
        Assert.Throws<ArgumentException>("gradient", () => run.Optimizer.Step(shared.AsSpan(0, Length), shared.AsSpan(offset, Length)));
        Assert.Equal(copy, shared);
        Assert.Equal(before, run.State());
    }

    [Fact]
    public void Neighbouring_spans_do_not_overlap()
    {
        using var optimizer = new MomentumMixByHand(Length);
        var shared = Run.Numbers(2 * Length, seed: 5);
        Assert.True(optimizer.Step(shared.AsSpan(0, Length), shared.AsSpan(Length)).Applied);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData((1L << 40) + 1)]
    [InlineData(long.MaxValue)]
    public void The_length_must_be_one_that_can_be(long length)
    {
        Assert.Throws<ArgumentOutOfRangeException>("lengths", () => new MomentumMixByHand(length));
        Assert.Throws<ArgumentOutOfRangeException>("lengths", () => new MomentumMixByHand([1, length]));
    }

    [Fact]
    public void Options_are_checked_by_the_constructor()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MomentumMixByHand(Length, new() { LearningRate = -1 }));
        Assert.Throws<ArgumentException>("InitialLaw", () => new MomentumMixByHand(Length, new() { InitialLaw = [1, 2, 3] }));
        Assert.ThrowsAny<ArgumentException>(() => new MomentumMixByHand(Length, new() { Timing = LawTiming.Delayed }));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Rates_that_make_no_sense_are_refused_and_the_old_ones_stay(double value)
    {
        using var optimizer = new MomentumMixByHand(Length);
        Assert.Throws<ArgumentOutOfRangeException>("LearningRate", () => optimizer.LearningRate = value);
        Assert.Throws<ArgumentOutOfRangeException>("LawLearningRate", () => optimizer.LawLearningRate = value);
        Assert.Throws<ArgumentOutOfRangeException>("LossScale", () => optimizer.LossScale = value);
        Assert.Equal((0.03, 0.003, 1.0), (optimizer.LearningRate, optimizer.LawLearningRate, optimizer.LossScale));
    }

    [Fact]
    public void A_loss_scale_of_zero_is_refused()
    {
        using var optimizer = new MomentumMixByHand(Length);
        Assert.Throws<ArgumentOutOfRangeException>("LossScale", () => optimizer.LossScale = 0);
    }

    [Fact]
    public void Units_that_do_not_exist_and_destinations_that_do_not_fit_are_refused()
    {
        using var optimizer = new MomentumMixByHand(Length);
        Assert.Throws<ArgumentOutOfRangeException>("unit", () => optimizer.CopyUnit(-1, new float[Length]));
        Assert.Throws<ArgumentOutOfRangeException>("unit", () => optimizer.CopyUnit(2, new float[Length]));
        Assert.Throws<ArgumentException>("destination", () => optimizer.CopyUnit(0, new float[Length + 1]));
    }

    [Fact]
    public void A_disposed_optimizer_says_so()
    {
        var optimizer = new MomentumMixByHand(Length, new() { Threads = 2 });
        optimizer.Dispose();
        optimizer.Dispose();
        var thrown = Assert.Throws<ObjectDisposedException>(() => optimizer.Step(new float[Length], new float[Length]));
        Assert.Contains(nameof(MomentumMixByHand), thrown.ObjectName);
        Assert.Throws<ObjectDisposedException>(() => optimizer.CopyUnit(0, new float[Length]));
        Assert.Throws<ObjectDisposedException>(() => optimizer.Save(new MemoryStream()));
        Assert.Throws<ObjectDisposedException>(() => optimizer.Load(new MemoryStream()));
    }

    [Fact]
    public void Use_from_within_a_step_is_refused()
    {
        using var optimizer = new Reentrant(Length);
        Assert.Throws<InvalidOperationException>(() => optimizer.Step(new float[Length], new float[Length]));
    }

    private sealed class Reentrant(long length) : Optimizer(LinearMemory.Parse("M(0)"), length, new())
    {
        protected override void Project<TLanes, TElement>(ref TElement M, ref float g, int count, Span<double> sums) => Dispose();

        protected override void Advance<TLanes, TElement>(ref TElement M, ref float θ, ref float g, int count, in StepCoefficients step)
        {
        }

        protected override void ProjectAndAdvance<TLanes, TElement>(ref TElement M, ref float θ, ref float g, int count, in StepCoefficients step, Span<double> sums)
        {
        }
    }
}
