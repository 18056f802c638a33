using System.Runtime.InteropServices;

namespace Rllc;

/// <summary>
/// M, n×k in float32, outside the managed heap: chunk by chunk, and in a chunk unit by unit, so that all units of a chunk
/// stay in cache together. Chunks start on 64 bytes; the last one is padded with zeros, so that kernels have no tail.
/// </summary>
internal sealed unsafe class ChunkedMemory : SafeHandle
{
    /// <summary>
    /// Elements of one unit in one chunk: a multiple of every vector width, and at most 4096, as many terms as a float32 sum
    /// may have. Not a power of 2: units that lie whole pages apart share the sets of the first cache, and a load of one waits
    /// for stores to another.
    /// </summary>
    public const int ChunkLength = 3968;

    private const int Alignment = 64;

    private readonly long _bytes;
    private readonly float* _first;

    /// <summary>Allocates zeros; the system hands out the pages when they are first touched, by the thread that works on them.</summary>
    public ChunkedMemory(int unitCount, long length) : base(0, ownsHandle: true)
    {
        UnitCount = unitCount;
        Length = length;
        ChunkCount = checked((int)((length + ChunkLength - 1) / ChunkLength));
        _bytes = (long)ChunkCount * unitCount * ChunkLength * sizeof(float) + Alignment;
        SetHandle((nint)NativeMemory.AllocZeroed(checked((nuint)_bytes)));
        GC.AddMemoryPressure(_bytes);
        _first = (float*)((handle + Alignment - 1) & ~(nint)(Alignment - 1));
    }

    /// <summary>k.</summary>
    public int UnitCount { get; }

    /// <summary>n.</summary>
    public long Length { get; }

    /// <summary>⌈n / <see cref="ChunkLength"/>⌉.</summary>
    public int ChunkCount { get; }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The first element of the first unit of a chunk; unit i starts i · <see cref="ChunkLength"/> elements further.</summary>
    public float* Chunk(int chunk) => _first + (long)chunk * UnitCount * ChunkLength;

    /// <summary>Elements of a chunk without the padding.</summary>
    public int Count(int chunk) => (int)Math.Min(ChunkLength, Length - (long)chunk * ChunkLength);

    /// <summary>The elements of one unit in one chunk, without the padding.</summary>
    public Span<float> Unit(int chunk, int unit) => new(Chunk(chunk) + unit * ChunkLength, Count(chunk));

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        GC.RemoveMemoryPressure(_bytes);
        return true;
    }
}
