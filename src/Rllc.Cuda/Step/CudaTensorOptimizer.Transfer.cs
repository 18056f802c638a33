namespace Rllc.Cuda;

public abstract partial class CudaTensorOptimizer
{
    // Of a tensor's part of a unit, at once: whole chunks of the host, so many that waiting costs little beside copying.
    private const int PieceLength = 64 * Partition.ChunkLength;

    /// <summary>Writes one tensor's part of M as the CPU's optimizer does: unit by unit, in the memory's format.</summary>
    internal void WriteMemory(int tensor, Stream destination, CudaStream stream)
    {
        var piece = NewPiece();
        foreach (var (_, _, place) in PiecesOf(tensor))
        {
            ReadMemory(place, piece.AsSpan(0, (int)place.Length), stream);
            destination.Write(piece, 0, (int)place.Length);
        }
    }

    /// <summary>Hands the state to an optimizer of the CPU of the same kind, as its own CopyTo says.</summary>
    internal abstract void CopyTo(TensorOptimizer host, CudaStream stream);

    /// <summary>Takes over the state of an optimizer of the CPU of the same kind, as its own CopyFrom says.</summary>
    internal abstract void CopyFrom(TensorOptimizer host, CudaStream stream);

    /// <inheritdoc cref="TensorOptimizer.DescribeState"/>
    /// <param name="stream">The steps' stream.</param>
    internal abstract List<KeyValuePair<string, string>> DescribeState(CudaStream stream);

    /// <summary>Hands M to an optimizer of the CPU that <see cref="CheckTensors"/> has found good.</summary>
    private protected void CopyMemoryTo(TensorOptimizer host, CudaStream stream)
    {
        var piece = NewPiece();
        for (var tensor = 0; tensor < Lengths.Length; tensor++)
            foreach (var (unit, first, place) in PiecesOf(tensor))
            {
                var bytes = piece.AsSpan(0, (int)place.Length);
                ReadMemory(place, bytes, stream);
                host.WritePiece(unit, tensor, first, bytes);
            }
    }

    /// <summary>The inverse of <see cref="CopyMemoryTo"/>.</summary>
    private protected void CopyMemoryFrom(TensorOptimizer host, CudaStream stream)
    {
        var piece = NewPiece();
        for (var tensor = 0; tensor < Lengths.Length; tensor++)
            foreach (var (unit, first, place) in PiecesOf(tensor))
            {
                var bytes = piece.AsSpan(0, (int)place.Length);
                host.ReadPiece(unit, tensor, first, bytes);
                WriteMemory(bytes, place, stream);
            }
    }

    /// <summary>Sees to it that an optimizer of the CPU can take over M, or hand it over.</summary>
    /// <exception cref="ArgumentException">It has another format, or its first tensors other lengths.</exception>
    private protected void CheckTensors(TensorOptimizer host)
    {
        if (host.MemoryFormat != MemoryFormat)
            throw new ArgumentException($"The memory is kept in {MemoryFormat}, the other optimizer's in {host.MemoryFormat}.", nameof(host));
        for (var tensor = 0; tensor < Lengths.Length; tensor++)
            if (tensor >= host.Lengths.Length || host.Lengths[tensor] != Lengths[tensor])
                throw new ArgumentException($"The other optimizer's tensors have other lengths.", nameof(host));
    }

    private byte[] NewPiece()
    {
        var longest = 0L;
        foreach (var length in Lengths)
            longest = Math.Max(longest, length);
        return new byte[(int)Math.Min(longest, PieceLength) * _layout.ElementBytes];
    }

    /// <summary>One tensor's part of M, unit by unit.</summary>
    private IEnumerable<(int Unit, long First, DeviceView<byte> Place)> PiecesOf(int tensor)
    {
        for (var unit = 0; unit < _layout.UnitCount; unit++)
            for (var first = 0L; first < Lengths[tensor]; first += PieceLength)
            {
                var count = Math.Min(PieceLength, Lengths[tensor] - first);
                yield return (unit, first, Find(unit, tensor).Slice(first * _layout.ElementBytes, count * _layout.ElementBytes));
            }
    }
}
