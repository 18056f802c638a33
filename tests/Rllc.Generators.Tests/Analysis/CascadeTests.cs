extern alias generators;

using generators::Rllc.Generators;
using Rllc.Generators.Tests.Rules;

namespace Rllc.Generators.Tests.Analysis;

/// <summary>Code that uses an optimizer compiles whatever is wrong with the optimizer's declaration: only the rule's error is seen.</summary>
public sealed class CascadeTests
{
    private const string Use = """
        static class Training
        {
            static double Run(float[] parameters, float[] gradient)
            {
                using var optimizer = new Declared(parameters.Length, new() { LearningRate = 0.1, Timing = LawTiming.Exact });
                optimizer.LearningRate *= 0.5;
                var report = optimizer.Step(parameters, gradient);
                double sum = optimizer.Law.slow + optimizer.Law.M_0_9;
                return sum + report.GradientNorm + optimizer.Gram[0, 0] + Declared.B[0] + Declared.a[0] + Declared.S[0] + Declared.Spec.Length;
            }

            static Optimizer Choose(long length) => new Declared(length);
        }
        """;

    [Theory]
    [InlineData("RLLC001", "slow: M(0.99) ⊕ M(0.9) #")]
    [InlineData("RLLC002", "slow: Mo(0.99) ⊕ M(0.9)")]
    [InlineData("RLLC003", "slow: M(0,99) ⊕ M(0.9)")]
    [InlineData("RLLC004", "slow: M(0.99 ⊕ M(0.9)")]
    [InlineData("RLLC005", "slow: M0(0.99) ⊕ M(0.9)")]
    [InlineData("RLLC006", "")]
    [InlineData("RLLC007", "slow: M(0.99) ⊕ slow: M(0.9)")]
    [InlineData("RLLC008", "slow!: M(0.99) ⊕ M(0.9)")]
    [InlineData("RLLC010", "slow: M(0.9i) ⊕ M(0.9)")]
    [InlineData("RLLC011", "slow: CM(0.99) ⊕ M(0.9)")]
    [InlineData("RLLC012", "slow: M(1.01) ⊕ M(0.9)")]
    [InlineData("RLLC014", "slow: M(0.9) ⊕ M(0.9)")]
    [InlineData("RLLC016", "slow: M(0.5) ⊕ M16(0.1) ⊕ M(0.9)")]
    public Task An_error_in_a_spec_is_the_only_error(string id, string spec) => IsTheOnlyError(id, $"""
        [Propagator("{spec}")]
        sealed partial class Declared;
        """);

    [Theory]
    [InlineData("RLLC030", "InitialLaw = new double[] { 1 }")]
    [InlineData("RLLC031", "LearningRate = -1")]
    [InlineData("RLLC031", "Relaxation = (Relaxation)9")]
    [InlineData("RLLC032", "Timing = LawTiming.Delayed")]
    public Task An_error_in_a_hyperparameter_is_the_only_error(string id, string hyperparameter) => IsTheOnlyError(id, $"""
        [Propagator("slow: M(0.99) ⊕ M(0.9)"), Hyperparameters({hyperparameter})]
        sealed partial class Declared;
        """);

    [Fact]
    public async Task A_legal_declaration_has_no_error()
    {
        var generated = RuleAssert.Project("""
            [Propagator("slow: M(0.99) ⊕ M(0.9)"), Hyperparameters(LearningRate = 0.1)]
            sealed partial class Declared;
            """ + Use).Generate();

        Assert.Empty(generated.Diagnostics);
        Assert.Empty(await generated.AnalyzeAsync(new PropagatorAnalyzer()));
    }

    private static async Task IsTheOnlyError(string id, string declaration)
    {
        var generated = RuleAssert.Project(declaration + Use).Generate();

        Assert.Empty(generated.Diagnostics);
        Assert.Equal(id, Assert.Single(await generated.AnalyzeAsync(new PropagatorAnalyzer())).Id);
    }
}
