using System.Runtime.InteropServices;

namespace Rllc;

public abstract partial class Optimizer
{
    private const string UnitPrefix = "memory.";
    private const string ParametersName = "parameters";

    /// <summary>
    /// Writes a .safetensors checkpoint (docs/checkpoints.md) from which <see cref="Load(string, Span{float})"/> continues
    /// with the same bits as if it had never stopped. The file is replaced as a whole or not at all.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="parameters">θ, n elements, to be kept along; empty to leave them out.</param>
    /// <exception cref="ArgumentException">The parameters' length is not n.</exception>
    /// <exception cref="InvalidOperationException">
    /// The law or the Gram matrix is not finite: the run has diverged, and its checkpoint could not be loaded.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written; what was there before still is.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    public void Save(string path, ReadOnlySpan<float> parameters = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var use = Enter();
        using var file = new AtomicFile(path);
        Write(file.Stream, parameters);
        file.Commit();
    }

    /// <summary>Writes a checkpoint at the position of a stream.</summary>
    /// <inheritdoc cref="Save(string, ReadOnlySpan{float})"/>
    /// <param name="stream">Any writable stream.</param>
    /// <param name="parameters">θ, n elements, to be kept along; empty to leave them out.</param>
    public void Save(Stream stream, ReadOnlySpan<float> parameters = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var use = Enter();
        Write(stream, parameters);
    }

    /// <summary>
    /// Restores what <see cref="Save(string, ReadOnlySpan{float})"/> wrote: memory, law, step count, and the options that
    /// were in force, learning rates and loss scale included (as torch's load_state_dict does; set them afterwards to change
    /// them). Only the number of threads stays the optimizer's own. Nothing is changed where the checkpoint is refused.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="parameters">Receives θ, n elements; empty to leave the checkpoint's parameters alone.</param>
    /// <exception cref="InvalidDataException">
    /// The checkpoint is truncated, damaged, of another format version, memory or number of parameters, or holds no
    /// parameters where some are asked for; the message says which.
    /// </exception>
    /// <exception cref="ArgumentException">The parameters' length is not n.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    public void Load(string path, Span<float> parameters = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        try
        {
            Load(stream, parameters);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{e.Message} File: {path}", e);
        }
    }

    /// <summary>Restores a checkpoint that reaches from the position of a stream to its end.</summary>
    /// <inheritdoc cref="Load(string, Span{float})"/>
    /// <param name="stream">A stream that can seek: it is read once to verify it, and once more to restore from it.</param>
    /// <param name="parameters">Receives θ, n elements; empty to leave the checkpoint's parameters alone.</param>
    public void Load(Stream stream, Span<float> parameters = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
            throw new ArgumentException("The stream must be able to seek: it is verified as a whole before it is read.", nameof(stream));
        using var use = Enter();
        if (!parameters.IsEmpty)
            CheckLength(parameters, nameof(parameters));
        var header = SafetensorsHeader.Read(stream);
        var data = stream.Position;
        CheckpointMetadata.CheckFormat(header.Metadata);
        CheckpointDigest.Verify(header, stream);
        CheckpointMetadata.CheckOwner(header.Metadata, LinearMemory, Length);
        CheckTensors(header, wantsParameters: !parameters.IsEmpty);
        var restored = CheckpointMetadata.ReadOptions(header.Metadata, _options, LinearMemory.UnitCount);
        var restoredLaw = NewLaw(restored);
        CheckpointMetadata.ReadLaw(header.Metadata, restoredLaw);
        try
        {
            stream.Position = data;
            ReadData(stream, parameters);
        }
        catch (Exception e)
        {
            Release();
            throw new IOException("The checkpoint was verified, but could not be read again; the optimizer, half overwritten, is disposed.", e);
        }
        (_options, _law) = (restored, restoredLaw);
    }

    private void Write(Stream stream, ReadOnlySpan<float> parameters)
    {
        if (!parameters.IsEmpty)
            CheckLength(parameters, nameof(parameters));
        if (!_law.IsFinite)
            throw new InvalidOperationException("The run has diverged: its law or Gram matrix is not finite. No checkpoint is written; the last one is still good.");
        var names = parameters.IsEmpty ? UnitNames() : UnitNames().Append(ParametersName);
        var header = SafetensorsHeader.Create(
            CheckpointMetadata.Describe(LinearMemory, Length, _law, _options),
            names.Select(name => KeyValuePair.Create(name, Length)));
        using (var digest = new CheckpointDigest())
        {
            digest.Stream.Write(header.Bytes);
            WriteData(digest.Stream, parameters);
            digest.Seal(header.Bytes);
        }
        stream.Write(header.Bytes);
        WriteData(stream, parameters);
    }

    private void WriteData(Stream stream, ReadOnlySpan<float> parameters)
    {
        for (var unit = 0; unit < LinearMemory.UnitCount; unit++)
            for (var chunk = 0; chunk < _M.ChunkCount; chunk++)
                stream.Write(MemoryMarshal.AsBytes(_M.Unit(chunk, unit)));
        stream.Write(MemoryMarshal.AsBytes(parameters));
    }

    private void ReadData(Stream stream, Span<float> parameters)
    {
        for (var unit = 0; unit < LinearMemory.UnitCount; unit++)
            for (var chunk = 0; chunk < _M.ChunkCount; chunk++)
                stream.ReadExactly(MemoryMarshal.AsBytes(_M.Unit(chunk, unit)));
        stream.ReadExactly(MemoryMarshal.AsBytes(parameters));
    }

    /// <summary>The tensors must be those that this optimizer writes, in its order.</summary>
    private void CheckTensors(SafetensorsHeader header, bool wantsParameters)
    {
        string[] names = [.. UnitNames(), ParametersName];
        var tensors = header.Tensors;
        if (wantsParameters && tensors.Count == names.Length - 1)
            throw SafetensorsHeader.Refuse($"holds no parameters");
        for (var i = 0; i < Math.Max(tensors.Count, names.Length - 1); i++)
        {
            if (i >= tensors.Count)
                throw SafetensorsHeader.Refuse($"lacks the tensor '{names[i]}'");
            if (i >= names.Length || tensors[i].Name != names[i])
                throw SafetensorsHeader.Refuse($"holds the tensor '{tensors[i].Name}' where {names.ElementAtOrDefault(i) ?? "none"} belongs");
            if (tensors[i].Length != Length)
                throw SafetensorsHeader.Refuse($"holds {tensors[i].Length} elements of '{names[i]}' where {Length} belong");
        }
    }

    private IEnumerable<string> UnitNames() => LinearMemory.Units.Select(unit => UnitPrefix + unit.Name);
}
