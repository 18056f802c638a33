using System.ComponentModel;
using ILGPU;

namespace Rllc.Kernels;

/// <summary>What every kernel of a step works on: its only argument. What is public of it is for generated kernels.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct StepViews
{
    /// <summary>The law.</summary>
    internal LawViews Law;

    /// <summary>All chunks, tensor by tensor.</summary>
    internal ArrayView<DeviceChunk> Chunks;

    /// <summary>Where the tensors are in this step.</summary>
    internal ArrayView<DeviceTensor> Tensors;

    /// <summary>The device's memory from address 0, in which the tensors are.</summary>
    internal ArrayView<float> Addresses;

    /// <summary>M: all rows of unit 0, then those of unit 1, …</summary>
    internal ArrayView<byte> M;

    /// <summary>
    /// For each group c, γ and the k(k+1)/2 entries of MᵀM on and above the diagonal, row by row, all of the old memory and the raw
    /// gradient; those entries only where <see cref="LawViews.GramIsDue"/>.
    /// </summary>
    internal ArrayView<double> Partials;

    /// <summary>Rows of M, a multiple of 16.</summary>
    internal long Rows;

    /// <summary>How many chunks each group of threads works on, one after the other.</summary>
    internal int ChunksPerGroup;

    /// <summary>The first chunk of the calling thread's group.</summary>
    public readonly int FirstChunk => Grid.IdxX * ChunksPerGroup;

    /// <summary>The chunk after its last one.</summary>
    public readonly int EndChunk => ChunkViews.End(FirstChunk, ChunksPerGroup, Chunks);

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
    public readonly ChunkViews Chunk(int index)
    {
        var chunk = Chunks[index];
        var tensor = Tensors[chunk.Tensor];
        var views = ChunkViews.Of(chunk, tensor);
        views.Addresses = Addresses;
        views.M = M;
        views.Rate = tensor.Rate;
        views.Decay = tensor.Decay;
        views.Rows = Rows;
        views.Dither = Dither.Seed(Law.Counters[0].Step, index);
        return views;
    }
}
