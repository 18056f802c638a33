using System.ComponentModel;

namespace Rllc.Kernels;

/// <summary>What every kernel of a step works on: its only argument. What is public of it is for generated kernels.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct StepViews
{
    /// <summary>The law.</summary>
    internal LawViews Law;

    /// <summary>
    /// The elements. Their sums are, for each group, c, γ and the k(k+1)/2 entries of MᵀM on and above the diagonal, row by row, all of the old
    /// memory and the raw gradient; those entries only where <see cref="LawViews.GramIsDue"/>.
    /// </summary>
    internal ElementViews Elements;

    /// <summary>The first chunk of the calling thread's group.</summary>
    public readonly int FirstChunk => Elements.FirstChunk;

    /// <summary>The chunk after its last one.</summary>
    public readonly int EndChunk => Elements.EndChunk;

    /// <summary>Whether the pass computes MᵀM from the memory.</summary>
    public readonly bool GramIsDue => Law.GramIsDue;

    /// <summary>Whether the step is to be written.</summary>
    public readonly bool IsApplied => Law.Factors[0].Applied != 0;

    /// <summary>The number of steps applied. The kernel that writes M and θ in a pass of its own finds its own step counted.</summary>
    public readonly long StepCount => Law.Counters[0].Step;

    /// <summary>What the raw gradient is multiplied with.</summary>
    public readonly float GradientScale => Law.Factors[0].GradientScale;

    /// <summary>−c₁·L of a unit, for the highest c₁ of all tensors.</summary>
    /// <param name="unit">0 to k − 1.</param>
    public readonly float LawOf(int unit) => Law.StepLaw[unit];

    /// <summary>A chunk to work on.</summary>
    /// <param name="index">Its number among all.</param>
    public readonly ChunkViews Chunk(int index) => Elements.Chunk(index, StepCount);
}
