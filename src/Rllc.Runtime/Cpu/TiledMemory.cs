using System.Runtime.InteropServices;

namespace Rllc;

/// <summary>
/// M, outside the managed heap, in tiles: <see cref="Tile.Length"/> elements of the first unit, as many of the second, … of the
/// last, then the next tile. Whatever the number of units, a kernel reads and writes one stream, which is what processors
/// fetch ahead best. Tiles begin on 64 bytes; what pads the last one of a tensor is zero, so that kernels have no tail.
/// </summary>
internal sealed unsafe class TiledMemory : SafeHandle
{
    private const int Alignment = 64;

    private readonly long _bytes;
    private readonly byte* _first;

    /// <summary>Allocates zeros; the system hands out the pages when they are first touched, by the thread that works on them.</summary>
    /// <param name="unitCount">k.</param>
    /// <param name="rows">Rows of M, a multiple of <see cref="Tile.Length"/>.</param>
    /// <param name="format">What a number is kept in.</param>
    /// <exception cref="OutOfMemoryException">There is not that much memory.</exception>
    public TiledMemory(int unitCount, long rows, MemoryFormat format) : base(0, ownsHandle: true)
    {
        UnitCount = unitCount;
        Format = format;
        _bytes = checked(rows * unitCount * ElementBytes + Alignment);
        SetHandle((nint)NativeMemory.AllocZeroed(checked((nuint)_bytes)));
        GC.AddMemoryPressure(_bytes);
        _first = (byte*)((handle + Alignment - 1) & ~(nint)(Alignment - 1));
    }

    /// <summary>k.</summary>
    public int UnitCount { get; }

    /// <summary>What a number is kept in.</summary>
    public MemoryFormat Format { get; }

    /// <summary>Bytes of a number.</summary>
    public int ElementBytes => Format == MemoryFormat.Float32 ? sizeof(float) : sizeof(ushort);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The first number of the tile that begins with a row, a multiple of <see cref="Tile.Length"/>.</summary>
    public T* At<T>(long row) where T : unmanaged => (T*)_first + row * UnitCount;

    /// <summary>Copies a chunk's elements of one unit out, as the bytes they are kept in.</summary>
    public void ReadBytes(in Chunk chunk, int unit, Span<byte> destination)
    {
        for (var piece = 0; piece < chunk.Count; piece += Tile.Length)
        {
            var source = Piece(chunk, unit, piece, out var count);
            source[..count].CopyTo(destination[(piece * ElementBytes)..]);
        }
    }

    /// <summary>
    /// The inverse of <see cref="ReadBytes"/>. It makes the padding zero again: factors that were not finite, of a run that has
    /// diverged, have made it NaN.
    /// </summary>
    public void WriteBytes(in Chunk chunk, int unit, ReadOnlySpan<byte> source)
    {
        for (var piece = 0; piece < chunk.Count; piece += Tile.Length)
        {
            var destination = Piece(chunk, unit, piece, out var count);
            source.Slice(piece * ElementBytes, count).CopyTo(destination);
            destination[count..].Clear();
        }
    }

    /// <summary>Copies a chunk's elements of one unit out, as float32.</summary>
    public void Read(in Chunk chunk, int unit, Span<float> destination)
    {
        if (Format == MemoryFormat.Float32)
        {
            ReadBytes(chunk, unit, MemoryMarshal.AsBytes(destination));
            return;
        }
        for (var piece = 0; piece < chunk.Count; piece += Tile.Length)
        {
            var source = MemoryMarshal.Cast<byte, ushort>(Piece(chunk, unit, piece, out var count)[..count]);
            BFloat16.Widen(source, destination[piece..]);
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        GC.RemoveMemoryPressure(_bytes);
        return true;
    }

    /// <summary>One unit's share of the tile that begins <paramref name="piece"/> elements into a chunk.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="piece">Elements before the tile.</param>
    /// <param name="count">How many bytes of it are not padding.</param>
    private Span<byte> Piece(in Chunk chunk, int unit, int piece, out int count)
    {
        count = Math.Min(Tile.Length, chunk.Count - piece) * ElementBytes;
        var first = (chunk.Row + piece) * UnitCount + unit * Tile.Length;
        return new(_first + first * ElementBytes, Tile.Length * ElementBytes);
    }
}
