using System.Buffers;
using System.Runtime.InteropServices;

namespace Rllc.Benchmarks.Steps;

/// <summary>Floats outside the managed heap, on a cache line, every page touched, with room for whole cache lines at the end.</summary>
internal sealed unsafe class AlignedFloats : MemoryManager<float>
{
    private const int LineBytes = 64;
    private const int Line = LineBytes / sizeof(float);

    // Arrays at the same place in their pages would share the sets of a cache, and loads would wait for stores to others.
    private const int PageBytes = 4096;
    private const int StaggerBytes = 9 * LineBytes;
    private static int _count;

    private readonly void* _allocation;
    private readonly float* _first;

    private AlignedFloats(int length)
    {
        Length = length;
        PaddedLength = (length + Line - 1) / Line * Line;
        var stagger = _count++ * StaggerBytes % PageBytes;
        _allocation = NativeMemory.AlignedAlloc((nuint)PaddedLength * sizeof(float) + (nuint)stagger, PageBytes);
        _first = (float*)((byte*)_allocation + stagger);
    }

    /// <summary>n.</summary>
    public int Length { get; }

    /// <summary>n rounded up to whole cache lines.</summary>
    public int PaddedLength { get; }

    /// <summary>The n floats.</summary>
    public Span<float> Span => new(_first, Length);

    /// <summary>The first of them.</summary>
    public ref float First => ref *_first;

    /// <summary>n zeros.</summary>
    public static AlignedFloats Zeros(int length)
    {
        var floats = new AlignedFloats(length);
        floats.All.Clear();
        return floats;
    }

    /// <summary>n floats of a normal distribution, repeated after 4099 of them.</summary>
    public static AlignedFloats Normal(int length, int seed)
    {
        var floats = new AlignedFloats(length);
        var random = new Random(seed);
        Span<float> normal = stackalloc float[4099];
        foreach (ref var x in normal)
            x = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        var rest = floats.All;
        for (; rest.Length > normal.Length; rest = rest[normal.Length..])
            normal.CopyTo(rest);
        normal[..rest.Length].CopyTo(rest);
        return floats;
    }

    /// <inheritdoc/>
    public override Span<float> GetSpan() => Span;

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new(_first + elementIndex);

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <summary>Frees them.</summary>
    public void Dispose() => Dispose(disposing: true);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => NativeMemory.AlignedFree(_allocation);

    private Span<float> All => new(_first, PaddedLength);
}
