namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC034Tests
{
    private const string Id = "RLLC034";

    [Theory]
    [InlineData("LawLearningRate = 0", "LawLearningRate")]
    [InlineData("LawLearningRate = -1", "LawLearningRate")]
    [InlineData("InitialLaw = new double[] { 1, 0 }", "InitialLaw")]
    [InlineData("InitialLaw = new double[] { 1 }", "InitialLaw")]
    [InlineData("Relaxation = Relaxation.Trace", "Relaxation")]
    [InlineData("Epsilon = 1e-3", "Epsilon")]
    [InlineData("Timing = LawTiming.Delayed", "Timing")]
    [InlineData("LawInterval = 2", "LawInterval")]
    [InlineData("HoldCorrections = 10", "HoldCorrections")]
    public Task What_is_for_a_law_that_learns_is_reported_beside_a_fixed_one(string hyperparameter, string name) => RuleAssert.Reports(Id, $$"""
        [Propagator("M(0.9) ⊕ M(0)"), FixedLaw(0.9, 1)]
        [Hyperparameters(LearningRate = 0.1, [|{{hyperparameter}}|], Maximize = true)]
        sealed partial class Nesterov;
        """, $"{name} is for a law that learns, and [FixedLaw] keeps this one as it is: leave {name} out");

    [Fact]
    public Task Everything_else_may_be_beside_a_fixed_law() => RuleAssert.ReportsNothing("""
        [Propagator("M(0.9) ⊕ M(0)"), FixedLaw(0.9, 1)]
        [Hyperparameters(LearningRate = 0.1, WeightDecay = 0.01, Maximize = true, MaxGradientNorm = 1, SkipNonFinite = true,
            MemoryFormat = MemoryFormat.BFloat16)]
        sealed partial class Nesterov;
        """);
}
