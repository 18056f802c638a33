namespace Rllc.Runtime.Tests.Cpu.Adam;

/// <summary>What Adam refuses before anything is allocated or written.</summary>
public sealed class AdamErrorTests
{
    public static TheoryData<string, double> Coefficients => new()
    {
        { "Beta1", 1 }, { "Beta1", -0.1 }, { "Beta1", double.NaN },
        { "Beta2", 1 }, { "Beta2", -0.1 }, { "Beta2", double.PositiveInfinity },
        { "Epsilon", 0 }, { "Epsilon", -1 }, { "Epsilon", double.NaN }, { "Epsilon", 1e39 }, { "Epsilon", 1e-46 },
    };

    [Theory, MemberData(nameof(Coefficients))]
    public void Coefficients_out_of_range_are_refused(string name, double value)
    {
        var formula = name switch
        {
            "Beta1" => AdamByHand.Adam with { Beta1 = value },
            "Beta2" => AdamByHand.Adam with { Beta2 = value },
            _ => AdamByHand.Adam with { Epsilon = value },
        };

        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new AdamByHand(formula, [1])).ParamName);
    }

    [Fact]
    public void A_beta_of_0_is_none_too_small()
    {
        using var optimizer = new AdamByHand(AdamByHand.Adam with { Beta1 = 0, Beta2 = 0 }, [1], new() { LearningRate = 0.5 });
        float[] parameters = [1];
        optimizer.Step(parameters, [3]);
        optimizer.Step(parameters, [-2]);

        Assert.Equal(1, parameters[0], 1e-6);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Equal("LearningRate", Assert.Throws<ArgumentOutOfRangeException>(() => new AdamByHand(AdamByHand.Adam, [1], new() { LearningRate = -1 })).ParamName);
        Assert.Equal("WeightDecay", Assert.Throws<ArgumentOutOfRangeException>(() => new AdamByHand(AdamByHand.Adam, [1], new() { WeightDecay = double.NaN })).ParamName);
        Assert.StartsWith("MemoryFormat must be Float32 or BFloat16Stochastic, not BFloat16.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new AdamByHand(AdamByHand.Adam, [1], new() { MemoryFormat = MemoryFormat.BFloat16 })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamByHand(AdamByHand.Adam, [-1]));
    }

    [Fact]
    public void Tensors_of_other_lengths_are_refused_and_nothing_is_written()
    {
        using var run = AdamRun.Of(AdamByHand.Adam, [10]).Steps(0, 2);
        var state = run.State();

        Assert.Throws<ArgumentException>(() => run.Optimizer.Step(new float[9], new float[10]));
        Assert.Throws<ArgumentException>(() => run.Optimizer.Step(run.Parameters, run.Parameters));
        Assert.Throws<ArgumentOutOfRangeException>(() => run.Optimizer.CopyUnit(2, new float[10]));
        Assert.Equal(state, run.State());
    }

    [Fact]
    public void A_disposed_optimizer_refuses_to_step()
    {
        var optimizer = new AdamByHand(AdamByHand.Adam, [1]);
        optimizer.Dispose();

        Assert.Throws<ObjectDisposedException>(() => optimizer.Step(new float[1], new float[1]));
    }
}
