using ILGPU;

namespace Rllc.Kernels;

/// <summary>What the passes over the elements work on, whatever the optimizer steps by.</summary>
internal struct ElementViews
{
    /// <summary>All chunks, tensor by tensor.</summary>
    public ArrayView<DeviceChunk> Chunks;

    /// <summary>Where the tensors are in this step.</summary>
    public ArrayView<DeviceTensor> Tensors;

    /// <summary>The device's memory from address 0, in which the tensors are.</summary>
    public ArrayView<float> Addresses;

    /// <summary>M: all rows of unit 0, then those of unit 1, …</summary>
    public ArrayView<byte> M;

    /// <summary>For each group of threads the numbers that it has summed.</summary>
    public ArrayView<double> Partials;

    /// <summary>Rows of M, a multiple of 16.</summary>
    public long Rows;

    /// <summary>How many chunks each group of threads works on, one after the other.</summary>
    public int ChunksPerGroup;

    /// <summary>The first chunk of the calling thread's group.</summary>
    public readonly int FirstChunk => Grid.IdxX * ChunksPerGroup;

    /// <summary>The chunk after its last one.</summary>
    public readonly int EndChunk
    {
        get
        {
            var end = FirstChunk + ChunksPerGroup;
            var count = (int)Chunks.Length;
            return end < count ? end : count;
        }
    }

    /// <summary>A chunk to work on.</summary>
    /// <param name="index">Its number among all.</param>
    /// <param name="step">The number of steps applied, for numbers that are rounded at random.</param>
    public readonly ChunkViews Chunk(int index, long step)
    {
        var chunk = Chunks[index];
        var views = ChunkViews.Of(chunk, Tensors[chunk.Tensor]);
        views.Addresses = Addresses;
        views.M = M;
        views.Rows = Rows;
        views.Dither = Dither.Seed(step, index);
        return views;
    }
}
