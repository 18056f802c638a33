namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC065Tests
{
    private const string Id = "RLLC065";

    [Theory]
    [InlineData("LawLearningRate = 0", "LawLearningRate")]
    [InlineData("InitialLaw = new double[] { 1, 0 }", "InitialLaw")]
    [InlineData("Relaxation = Relaxation.Trace", "Relaxation")]
    [InlineData("Epsilon = 1e-3", "Epsilon")]
    [InlineData("Timing = LawTiming.Delayed", "Timing")]
    [InlineData("LawInterval = -2", "LawInterval")]
    [InlineData("HoldCorrections = 10", "HoldCorrections")]
    public Task What_is_for_a_law_is_reported_beside_an_Adam(string hyperparameter, string name) => RuleAssert.Reports(Id, $$"""
        [AdamW]
        [Hyperparameters(LearningRate = 0.1, [|{{hyperparameter}}|], Maximize = true)]
        sealed partial class MyAdam;
        """, $"{name} is for the law of a linear memory, and [AdamW] has none: leave {name} out");

    [Fact]
    public Task Everything_else_may_be_beside_an_Adam() => RuleAssert.ReportsNothing("""
        [Adam]
        [Hyperparameters(LearningRate = 0.1, WeightDecay = 0.01, Maximize = true, MaxGradientNorm = 1, SkipNonFinite = true,
            MemoryFormat = MemoryFormat.BFloat16Stochastic)]
        sealed partial class MyAdam;
        """);

    [Theory]
    [InlineData("LearningRate = [|-1|]", "LearningRate must be finite and at least 0, but is -1")]
    [InlineData("MemoryFormat = [|MemoryFormat.BFloat16|]", "MemoryFormat must be Float32 or BFloat16Stochastic, but is BFloat16")]
    public Task The_others_are_held_to_their_bounds(string hyperparameter, string message) => RuleAssert.Reports("RLLC031", $$"""
        [Adam, Hyperparameters({{hyperparameter}})]
        sealed partial class MyAdam;
        """, message);

    [Fact]
    public Task A_fixed_law_has_nobody_to_read_it() => RuleAssert.Reports("RLLC033", """
        [Adam, [|FixedLaw(1)|]]
        sealed partial class MyAdam;
        """, "Class 'MyAdam' has [FixedLaw] but no [Propagator]: nothing reads it");
}
