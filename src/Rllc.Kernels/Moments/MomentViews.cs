using System.ComponentModel;
using ILGPU;

namespace Rllc.Kernels;

/// <summary>What every kernel of a step by moments works on: its only argument. What is public of it is for generated kernels.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct MomentViews
{
    /// <summary>Formula and options, one element.</summary>
    internal ArrayView<MomentSettings> Settings;

    /// <summary>The counters, one element.</summary>
    internal ArrayView<MomentCounters> Counters;

    /// <summary>Result: what the step found for all tensors, one element.</summary>
    internal ArrayView<StepFactors> Outcome;

    /// <summary>For each tensor, the steps in which it had a gradient.</summary>
    internal ArrayView<long> Steps;

    /// <summary>For each tensor, the priorities of the entries in its buffer.</summary>
    internal ArrayView<double> Keys;

    /// <summary>Result: for each tensor that has a gradient, what the step found for it.</summary>
    internal ArrayView<MomentFactors> Factors;

    /// <summary>For each tensor ‖g‖ of the raw gradient, where a group's sum of them is a priority; otherwise nothing.</summary>
    internal ArrayView<double> Norms;

    /// <summary>
    /// The elements. Their units are m, v, and where there is a buffer the sum of its entries and these; for each group of threads γ = g·g of the
    /// raw gradient is summed.
    /// </summary>
    internal ElementViews Elements;

    /// <summary>The first chunk of the calling thread's group.</summary>
    public readonly int FirstChunk => Elements.FirstChunk;

    /// <summary>The chunk after its last one.</summary>
    public readonly int EndChunk => Elements.EndChunk;

    /// <summary>Whether the step is to be written.</summary>
    public readonly bool IsApplied => Outcome[0].Applied != 0;

    /// <summary>What the raw gradient is multiplied with.</summary>
    public readonly float GradientScale => Outcome[0].GradientScale;

    /// <summary>A chunk to work on.</summary>
    /// <param name="index">Its number among all.</param>
    public readonly ChunkViews Chunk(int index) => Elements.Chunk(index, Counters[0].Step);

    /// <summary>What the step found for the tensor of a chunk.</summary>
    /// <param name="index">The chunk's number among all.</param>
    public readonly MomentRates RatesOf(int index)
    {
        var factors = Factors[Elements.Chunks[index].Tensor];
        return new()
        {
            Penalty = factors.Penalty,
            Decay = factors.Decay,
            Rate = factors.Rate,
            Root = factors.Root,
            Mean = factors.Mean,
            Place = factors.Place,
            SumIsDue = factors.SumIsDue != 0,
        };
    }
}
