namespace Rllc;

public abstract partial class TensorOptimizer
{
    /// <summary>All but memory and parameters, and to whom it belongs, as the metadata of a checkpoint.</summary>
    /// <exception cref="InvalidOperationException">The run has diverged.</exception>
    internal List<KeyValuePair<string, string>> DescribeState()
    {
        using var use = Enter();
        CheckIsFinite();
        return Describe();
    }

    /// <summary>The inverse of <see cref="DescribeState"/>; nothing is changed where it is refused.</summary>
    /// <exception cref="InvalidDataException">It is of another memory, memory format or number of parameters, or unreadable.</exception>
    internal void RestoreState(IReadOnlyDictionary<string, string> metadata)
    {
        using var use = Enter();
        CheckpointMetadata.CheckFormat(metadata);
        CheckpointMetadata.CheckOwner(metadata, Identity, Lengths, MemoryFormat);
        ReadState(metadata)();
    }

    /// <summary>Writes one tensor's part of M: unit by unit, in the memory's format.</summary>
    internal void WriteMemory(int tensor, Stream stream)
    {
        using var use = Enter();
        WriteUnits(_partition.ChunksOf(tensor), stream);
    }

    /// <summary>Reads what <see cref="WriteMemory"/> has written.</summary>
    /// <exception cref="EndOfStreamException">The stream ends before.</exception>
    internal void ReadMemory(int tensor, Stream stream)
    {
        using var use = Enter();
        ReadUnits(_partition.ChunksOf(tensor), stream);
    }

    /// <summary>
    /// Takes over the state of an optimizer of the same class, memory format and options whose tensors are the first of this one; the
    /// memory of the others stays as it is.
    /// </summary>
    /// <param name="other">The other optimizer.</param>
    internal void CopyStateFrom(TensorOptimizer other)
    {
        using var use = Enter();
        using var otherUse = other.Enter();
        CopyMemoryFrom(other);
        CopyRestFrom(other);
    }

    /// <summary>Takes over what is not in the memory.</summary>
    private protected abstract void CopyRestFrom(TensorOptimizer other);

    private void CopyMemoryFrom(TensorOptimizer other)
    {
        Span<byte> buffer = new byte[Partition.ChunkLength * _M.ElementBytes];
        for (var i = 0; i < other._partition.Chunks.Length; i++)
            for (var unit = 0; unit < _M.UnitCount; unit++)
            {
                var bytes = buffer[..(_partition.Chunks[i].Count * _M.ElementBytes)];
                other._M.ReadBytes(other._partition.Chunks[i], unit, bytes);
                _M.WriteBytes(_partition.Chunks[i], unit, bytes);
            }
    }

    /// <summary>Copies a piece of one tensor's part of a unit out, as the bytes that it is kept in.</summary>
    /// <param name="unit">0 to k − 1.</param>
    /// <param name="tensor">Which tensor.</param>
    /// <param name="first">The piece's first element, a multiple of <see cref="Partition.ChunkLength"/>.</param>
    /// <param name="destination">The piece: whole chunks, or up to the tensor's end.</param>
    internal void ReadPiece(int unit, int tensor, long first, Span<byte> destination)
    {
        using var use = Enter();
        foreach (var chunk in PieceChunks(tensor, first, destination.Length))
        {
            var bytes = chunk.Count * _M.ElementBytes;
            _M.ReadBytes(chunk, unit, destination[..bytes]);
            destination = destination[bytes..];
        }
    }

    /// <summary>The inverse of <see cref="ReadPiece"/>.</summary>
    internal void WritePiece(int unit, int tensor, long first, ReadOnlySpan<byte> source)
    {
        using var use = Enter();
        foreach (var chunk in PieceChunks(tensor, first, source.Length))
        {
            var bytes = chunk.Count * _M.ElementBytes;
            _M.WriteBytes(chunk, unit, source[..bytes]);
            source = source[bytes..];
        }
    }

    private ReadOnlySpan<Chunk> PieceChunks(int tensor, long first, int byteCount)
    {
        var count = (byteCount / _M.ElementBytes + Partition.ChunkLength - 1) / Partition.ChunkLength;
        return _partition.ChunksOf(tensor).Slice((int)(first / Partition.ChunkLength), count);
    }
}
