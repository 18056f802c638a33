using Rllc.Runtime.Tests.Cpu;

namespace Rllc.Runtime.Tests.Safety;

/// <summary>More parameters than an array has elements.</summary>
[Collection(nameof(Alone))]
public class ManyParametersTests
{
    private const int TensorLength = 300_000_001;
    private const int TensorCount = 8;

    // θ in float32 and one unit in bfloat16 for each parameter; a gradient that all tensors share; the rest of the process.
    private const long NeededBytes = TensorCount * (4L + 2) * TensorLength + 4L * TensorLength + (1L << 30);

    [SkippableFact]
    public void Steps_of_more_than_two_to_the_31_parameters_are_right_to_the_last()
    {
        Skip.IfNot(Effort.IsLong, "RLLC_LONG is not set.");
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet;
        Skip.If(available < NeededBytes, $"It takes {NeededBytes >> 20} MiB of memory, and {available >> 20} are available.");

        NativeFloats[] tensors = [.. Enumerable.Range(0, TensorCount).Select(_ => new NativeFloats(TensorLength))];
        using var gradient = new NativeFloats(TensorLength);
        try
        {
            // Numbers that bfloat16 holds, so that every expected one is exact; a spot at either end tells places apart.
            gradient.GetSpan().Fill(1);
            (gradient.GetSpan()[0], gradient.GetSpan()[^1]) = (2, 3);
            var options = new OptimizerOptions { MemoryFormat = MemoryFormat.BFloat16, LearningRate = 0.5, LawLearningRate = 0 };
            using var optimizer = new AnyMemoryByHand(LinearMemory.Parse("M(0.5)"), [.. Enumerable.Repeat((long)TensorLength, TensorCount)], options);
            Assert.True(optimizer.Length > 1L << 31);
            Memory<float>[] θ = [.. tensors.Select(tensor => tensor.Memory)];
            ReadOnlyMemory<float>[] all = [.. Enumerable.Repeat<ReadOnlyMemory<float>>(gradient.Memory, TensorCount)];

            // The last tensor, beyond 2³¹, is left out of the second step.
            var norm = optimizer.Step(θ, all).GradientNorm;
            optimizer.Step(θ, [.. all[..^1], default]);

            Assert.Equal(1, norm / Math.Sqrt(TensorCount * (TensorLength + 3.0 + 8)), 1e-9);
            foreach (var (tensor, parameters) in θ.Index())
            {
                // θ = −½·g, then −½·(g + ½g) more.
                var factor = tensor == TensorCount - 1 ? -0.5f : -1.25f;
                Assert.Equal((2 * factor, factor, 3 * factor), (parameters.Span[0], parameters.Span[1], parameters.Span[^1]));
                Assert.Equal(-1, parameters.Span[1..^1].IndexOfAnyExcept(factor));
            }
            Assert.Equal(2, optimizer.StepCount);

            // What the last tensor's part of M holds: into the gradient, which is needed no more.
            optimizer.CopyUnit(0, TensorCount - 1, gradient.GetSpan());
            Assert.Equal((2f, 1f, 3f), (gradient.GetSpan()[0], gradient.GetSpan()[1], gradient.GetSpan()[^1]));
            Assert.Equal(-1, gradient.GetSpan()[1..^1].IndexOfAnyExcept(1f));
        }
        finally
        {
            foreach (var tensor in tensors)
                tensor.Dispose();
        }
    }
}
