namespace Rllc;

public abstract partial class Optimizer
{
    /// <summary>The options in force.</summary>
    internal OptimizerOptions CurrentOptions => _options;

    /// <summary>
    /// Takes over law, memory and step count of an optimizer of the same memory, format and options whose tensors are the first of
    /// this one; the memory of the others stays as it is.
    /// </summary>
    /// <param name="other">The other optimizer.</param>
    internal void CopyStateFrom(Optimizer other)
    {
        using var use = Enter();
        using var otherUse = other.Enter();
        Span<byte> buffer = new byte[Partition.ChunkLength * _M.ElementBytes];
        for (var i = 0; i < other._partition.Chunks.Length; i++)
            for (var unit = 0; unit < LinearMemory.UnitCount; unit++)
            {
                var bytes = buffer[..(_partition.Chunks[i].Count * _M.ElementBytes)];
                other._M.ReadBytes(other._partition.Chunks[i], unit, bytes);
                _M.WriteBytes(_partition.Chunks[i], unit, bytes);
            }
        _law.Restore(other._law.Step, other._law.L, other._law.G, other._law.Pending);
        if (other._law.RefreshRequested)
            _law.RequestExactGram();
    }

    /// <summary>Law, step count and options, and to whom they belong, as the metadata of a checkpoint.</summary>
    /// <exception cref="InvalidOperationException">The law or the Gram matrix is not finite: the run has diverged.</exception>
    internal List<KeyValuePair<string, string>> DescribeState()
    {
        using var use = Enter();
        CheckIsFinite();
        return CheckpointMetadata.Describe(LinearMemory, Lengths, MemoryFormat, _law, _options);
    }

    /// <summary>The inverse of <see cref="DescribeState"/>; nothing is changed where it is refused.</summary>
    /// <exception cref="InvalidDataException">It is of another memory, memory format or number of parameters, or unreadable.</exception>
    internal void RestoreState(IReadOnlyDictionary<string, string> metadata)
    {
        using var use = Enter();
        CheckpointMetadata.CheckFormat(metadata);
        CheckpointMetadata.CheckOwner(metadata, LinearMemory, Lengths, MemoryFormat);
        var (options, law) = ReadState(metadata);
        SetState(options, law);
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
}
