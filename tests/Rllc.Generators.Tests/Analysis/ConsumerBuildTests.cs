using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests.Analysis;

/// <summary>What the author of a project sees on the command line.</summary>
public sealed class ConsumerBuildTests
{
    [Fact]
    public void A_misspelt_spec_gives_one_message_on_its_characters_and_the_corrected_spec_none()
    {
        using var project = new ConsumerBuild();
        project.Write("Training.cs", """
            static class Training
            {
                static void Step(float[] parameters, float[] gradient)
                {
                    using var optimizer = new MomentumMix(parameters.Length, new() { LearningRate = 0.1 });
                    optimizer.Step(parameters, gradient);
                    System.Console.WriteLine(optimizer.Law.M_0_9);
                }
            }
            """);

        project.Write("MomentumMix.cs", Declaration("M(0.9) \\u2295 Mo(0)"));
        var messages = project.Build();

        Assert.Equal("MomentumMix.cs(3,28,3,30): error RLLC002: 'Mo' is not a propagator; did you mean 'M'? " +
            "(https://github.com/rllc/rllc/blob/main/docs/rules/RLLC002.md)", Assert.Single(messages));

        project.Write("MomentumMix.cs", Declaration("M(0.9) \\u2295 M(0)"));

        Assert.Empty(project.Build());
    }

    private static string Declaration(string spec) => $"""
        using Rllc;

        [Propagator("{spec}")]
        sealed partial class MomentumMix;
        """;
}
