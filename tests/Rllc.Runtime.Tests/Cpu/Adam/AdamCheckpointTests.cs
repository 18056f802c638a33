using System.Globalization;

namespace Rllc.Runtime.Tests.Cpu.Adam;

/// <summary>A saved Adam goes on as if it had never stopped, and no other optimizer takes its checkpoint.</summary>
public sealed class AdamCheckpointTests
{
    private static readonly long[] Lengths = [50, 0, 4100];

    private static bool HasGradient(int step, int tensor) => tensor != 2 || step % 3 != 1;

    [Theory]
    [InlineData(MemoryFormat.Float32)]
    [InlineData(MemoryFormat.BFloat16Stochastic)]
    public void A_checkpoint_continues_with_the_same_bits(MemoryFormat format)
    {
        var options = new MomentOptions { MemoryFormat = format, WeightDecay = 0.1 };
        using var first = AdamRun.Of(AdamByHand.AdamW, Lengths, options).Steps(0, 5, HasGradient);
        first.Optimizer.LearningRate = 0.02;
        using var second = Loaded(first.State(), AdamByHand.AdamW, options);
        first.Steps(5, 7, HasGradient);
        second.Steps(5, 7, HasGradient);

        Assert.Equal(12, second.Optimizer.StepCount);
        Assert.Equal(0.02, second.Optimizer.LearningRate);
        Assert.Equal(first.State(), second.State());
    }

    [Fact]
    public void An_optimizer_without_tensors_can_be_saved_and_loaded()
    {
        var stream = new MemoryStream();
        using var optimizer = new AdamByHand(AdamByHand.Adam, []);
        optimizer.Save(stream);
        stream.Position = 0;
        optimizer.Load(stream);

        Assert.Equal(0, optimizer.StepCount);
    }

    [Fact]
    public void The_checkpoint_names_formula_and_units()
    {
        using var run = AdamRun.Of(AdamByHand.Adam, [3, 4]).Steps(0, 2, (step, tensor) => tensor == 1 || step == 0);
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("fi-FI");
            var header = SafetensorsHeader.Read(new MemoryStream(run.State()));

            Assert.Equal("Adam, β₁ = 0.9, β₂ = 0.999, ε = 1E-08", header.Metadata["spec"]);
            Assert.Equal("2", header.Metadata["step"]);
            Assert.Equal("[1,2]", header.Metadata["steps"]);
            Assert.Equal(["parameters", "memory.m", "memory.v"], header.Tensors.Select(tensor => tensor.Name));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void The_checkpoint_of_another_formula_is_refused_and_changes_nothing()
    {
        using var run = AdamRun.Of(AdamByHand.Adam, [50]).Steps(0, 3);
        using var other = AdamRun.Of(AdamByHand.Adam with { Beta2 = 0.99 }, [50]).Steps(0, 2);
        using var memory = Run.Of(50).Steps(0, 2);
        var stream = new MemoryStream();
        memory.Optimizer.Save(stream, memory.Parameters);
        var state = run.State();

        AssertRefused("is of another memory: it holds 'Adam, β₁ = 0.9, β₂ = 0.99, ε = 1E-08'", run, other.State());
        AssertRefused("is of another memory: it holds 'M(0.9) ⊕ M(0)', the optimizer is 'Adam, ", run, stream.ToArray());
        Assert.Equal(state, run.State());
        using var adam = new MemoryStream(state);
        Assert.Contains("the optimizer is 'M(0.9) ⊕ M(0)'",
            Assert.Throws<InvalidDataException>(() => memory.Optimizer.Load(adam, memory.Parameters)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("step", "-1", "unreadable 'step'")]
    [InlineData("steps", "[4]", "unreadable 'steps'")]
    [InlineData("steps", "[-1]", "unreadable 'steps'")]
    [InlineData("steps", "[1,1]", "has 2 numbers in 'steps' where 1 belong")]
    [InlineData("learning_rate", "-1", "has options out of range: LearningRate must be finite and at least 0, not -1")]
    [InlineData("loss_scale", "x", "unreadable 'loss_scale'")]
    public void Metadata_without_a_meaning_are_refused_and_change_nothing(string key, string value, string message)
    {
        using var run = AdamRun.Of(AdamByHand.Adam, [50]).Steps(0, 3);
        var state = run.State();
        var metadata = run.Optimizer.DescribeState().ToDictionary();
        metadata[key] = value;

        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => run.Optimizer.RestoreState(metadata)).Message, StringComparison.Ordinal);
        Assert.Equal(state, run.State());
    }

    private static AdamRun Loaded(byte[] state, MomentFormula formula, MomentOptions options)
    {
        var run = AdamRun.Of(formula, Lengths, options);
        run.Optimizer.Load(new MemoryStream(state), run.Tensors(run.Parameters));
        return run;
    }

    private static void AssertRefused(string message, AdamRun run, byte[] state) => Assert.Contains(
        message, Assert.Throws<InvalidDataException>(() => run.Optimizer.Load(new MemoryStream(state), run.Parameters)).Message, StringComparison.Ordinal);
}
