using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests.Analysis;

/// <summary>What the author of a project sees on the command line.</summary>
public sealed class ConsumerBuildTests
{
    [Fact]
    public async Task A_misspelt_spec_gives_one_message_on_its_characters()
    {
        var (exitCode, output) = await ConsumerBuild.RunAsync(Source("M(0.9) \\u2295 Mo(0)"));

        // The build prints every message twice: where it happens, and in its summary.
        var message = Assert.Single(output.Split('\n').Where(IsMessage).Select(line => line.Trim()).Distinct());
        Assert.Contains("Consumer.cs(6,28,6,30): error RLLC002: 'Mo' is not a propagator; did you mean 'M'?", message, StringComparison.Ordinal);
        Assert.Equal(1, exitCode);
    }

    [Fact]
    public async Task The_corrected_spec_builds_without_a_word()
    {
        var (exitCode, output) = await ConsumerBuild.RunAsync(Source("M(0.9) \\u2295 M(0)"));

        Assert.DoesNotContain(output.Split('\n'), IsMessage);
        Assert.Equal(0, exitCode);
    }

#if HAS_TORCH
    [Fact]
    public async Task An_optimizer_of_TorchSharps_parameters_builds_without_a_word()
    {
        var (exitCode, output) = await ConsumerBuild.RunAsync("""
            using System;
            using System.Collections.Generic;
            using Rllc;
            using TorchSharp.Modules;
            namespace Consumer;
            /// <summary>Momentum with a second look at the gradient.</summary>
            [Propagator("M(0.9) + M(0)")]
            public sealed partial class MomentumMix : TorchOptimizer;

            /// <summary>Uses the optimizer.</summary>
            public static class Training
            {
                /// <summary>Steps once.</summary>
                public static double Step(IEnumerable<Parameter> parameters)
                {
                    using var optimizer = new MomentumMix(parameters, new() { LearningRate = 0.03 });
                    optimizer.step();
                    return optimizer.Law.M_0_9;
                }
            }
            """);

        Assert.DoesNotContain(output.Split('\n'), IsMessage);
        Assert.Equal(0, exitCode);
    }
#endif

    private static bool IsMessage(string line) =>
        line.Contains(": error ", StringComparison.Ordinal) || line.Contains(": warning ", StringComparison.Ordinal);

    private static string Source(string spec) => $$"""
        using System;
        using Rllc;
        [assembly: CLSCompliant(true)]
        namespace Consumer;
        /// <summary>Momentum with a second look at the gradient.</summary>
        [Propagator("{{spec}}")]
        public sealed partial class MomentumMix;

        /// <summary>Uses the optimizer.</summary>
        public static class Training
        {
            /// <summary>Steps once.</summary>
            public static double Step(Span<float> parameters, ReadOnlySpan<float> gradient)
            {
                using var optimizer = new MomentumMix(parameters.Length, new() { LearningRate = 0.03 });
                optimizer.Step(parameters, gradient);
                return optimizer.Law.M_0_9;
            }
        }
        """;
}
