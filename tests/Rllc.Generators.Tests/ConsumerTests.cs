using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests;

public sealed class ConsumerTests
{
    [Fact]
    public async Task Generated_files_pass_every_analysis_of_the_sdk_with_warnings_as_errors()
    {
        var (exitCode, output) = await ConsumerBuild.RunAsync("""
            using System;
            using Rllc;

            [assembly: CLSCompliant(true)]

            namespace Consumer;

            /// <summary>An optimizer with units of all kinds.</summary>
            [Propagator("slow: M(0.9) ⊕ M(0) ⊕ CM2(-0.2+0.6i)")]
            [Hyperparameters(LearningRate = 0.02, Relaxation = Relaxation.Trace, MemoryFormat = MemoryFormat.BFloat16Stochastic)]
            public partial class Mix;

            /// <summary>An Adam.</summary>
            [AdamW(Beta2 = 0.99), CriticalMomenta(Capacity = 2)]
            public partial class MyAdam;

            /// <summary>Uses the optimizer.</summary>
            public static class Training
            {
                /// <summary>Steps once.</summary>
                public static double Step(Span<float> parameters, ReadOnlySpan<float> gradient)
                {
                    using var optimizer = new Mix(parameters.Length, new() { LearningRate = 0.03, LawLearningRate = 0.003 });
                    optimizer.Step(parameters, gradient);
                    return optimizer.Law.slow + Mix.B[0];
                }

                /// <summary>Steps several tensors once.</summary>
                public static long Step(ReadOnlySpan<Memory<float>> parameters, ReadOnlySpan<ReadOnlyMemory<float>> gradients)
                {
                    using var optimizer = new Mix([parameters[0].Length, parameters[1].Length]);
                    optimizer.Step(parameters, gradients);
                    using var adam = new MyAdam([parameters[0].Length, parameters[1].Length]);
                    adam.Step(parameters, gradients);
                    return optimizer.StepCount;
                }
            }
            """);

        Assert.True(exitCode == 0, output);
    }
}
