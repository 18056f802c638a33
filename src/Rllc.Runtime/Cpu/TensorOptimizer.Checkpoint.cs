namespace Rllc;

public abstract partial class TensorOptimizer
{
    private const string UnitPrefix = "memory.";
    private const string ParametersName = "parameters";

    /// <summary>
    /// Writes a .safetensors checkpoint (docs/checkpoints.md) from which <see cref="Load(string, Span{float})"/> continues
    /// with the same bits as if it had never stopped. The file is replaced as a whole or not at all.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="parameters">θ, n elements, to be kept along; empty to leave them out.</param>
    /// <exception cref="ArgumentException">The parameters' length is not n, or the optimizer is one of several tensors.</exception>
    /// <exception cref="InvalidOperationException">
    /// What it keeps besides the memory, such as the law, is not finite: the run has diverged, and its checkpoint could not be loaded.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written; what was there before still is.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    public unsafe void Save(string path, ReadOnlySpan<float> parameters = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var use = Enter();
        fixed (float* θ = parameters)
            Write(path, withParameters: TakeOver(θ, parameters.Length));
    }

    /// <inheritdoc cref="Save(string, ReadOnlySpan{float})"/>
    /// <param name="path">The file.</param>
    /// <param name="parameters">θ, tensor by tensor, to be kept along.</param>
    /// <exception cref="ArgumentException">The number of tensors or a length is another one, or parameters overlap each other.</exception>
    public void Save(string path, ReadOnlySpan<Memory<float>> parameters)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var use = Enter();
        using var pins = _tensors.Pin(parameters);
        Write(path, withParameters: true);
    }

    /// <summary>Writes a checkpoint at the position of a stream.</summary>
    /// <inheritdoc cref="Save(string, ReadOnlySpan{float})"/>
    /// <param name="stream">Any writable stream.</param>
    /// <param name="parameters">θ, n elements, to be kept along; empty to leave them out.</param>
    public unsafe void Save(Stream stream, ReadOnlySpan<float> parameters = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var use = Enter();
        fixed (float* θ = parameters)
            Write(stream, withParameters: TakeOver(θ, parameters.Length));
    }

    /// <summary>Writes a checkpoint at the position of a stream.</summary>
    /// <inheritdoc cref="Save(string, ReadOnlySpan{Memory{float}})"/>
    /// <param name="stream">Any writable stream.</param>
    /// <param name="parameters">θ, tensor by tensor, to be kept along.</param>
    public void Save(Stream stream, ReadOnlySpan<Memory<float>> parameters)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var use = Enter();
        using var pins = _tensors.Pin(parameters);
        Write(stream, withParameters: true);
    }

    /// <summary>
    /// Restores what <see cref="Save(string, ReadOnlySpan{float})"/> wrote: memory, law, step counts, and the options that
    /// were in force, learning rates and loss scale included (as torch's load_state_dict does; set them afterwards to change
    /// them). Only the number of threads stays the optimizer's own. Nothing is changed where the checkpoint is refused.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="parameters">Receives θ, n elements; empty to leave the checkpoint's parameters alone.</param>
    /// <exception cref="InvalidDataException">
    /// The checkpoint is truncated, damaged, of another format version, memory, memory format or number of parameters, or holds
    /// no parameters where some are asked for; the message says which.
    /// </exception>
    /// <exception cref="ArgumentException">The parameters' length is not n, or the optimizer is one of several tensors.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    public unsafe void Load(string path, Span<float> parameters = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var use = Enter();
        fixed (float* θ = parameters)
            Read(path, withParameters: TakeOver(θ, parameters.Length));
    }

    /// <inheritdoc cref="Load(string, Span{float})"/>
    /// <param name="path">The file.</param>
    /// <param name="parameters">Receives θ, tensor by tensor.</param>
    /// <exception cref="ArgumentException">The number of tensors or a length is another one, or parameters overlap each other.</exception>
    public void Load(string path, ReadOnlySpan<Memory<float>> parameters)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var use = Enter();
        using var pins = _tensors.Pin(parameters);
        Read(path, withParameters: true);
    }

    /// <summary>Restores a checkpoint that reaches from the position of a stream to its end.</summary>
    /// <inheritdoc cref="Load(string, Span{float})"/>
    /// <param name="stream">A stream that can seek: it is read once to verify it, and once more to restore from it.</param>
    /// <param name="parameters">Receives θ, n elements; empty to leave the checkpoint's parameters alone.</param>
    public unsafe void Load(Stream stream, Span<float> parameters = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var use = Enter();
        fixed (float* θ = parameters)
            Read(stream, withParameters: TakeOver(θ, parameters.Length));
    }

    /// <summary>Restores a checkpoint that reaches from the position of a stream to its end.</summary>
    /// <inheritdoc cref="Load(string, ReadOnlySpan{Memory{float}})"/>
    /// <param name="stream">A stream that can seek: it is read once to verify it, and once more to restore from it.</param>
    /// <param name="parameters">Receives θ, tensor by tensor.</param>
    public void Load(Stream stream, ReadOnlySpan<Memory<float>> parameters)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var use = Enter();
        using var pins = _tensors.Pin(parameters);
        Read(stream, withParameters: true);
    }

    /// <summary>Writes a checkpoint of tensors by their addresses.</summary>
    /// <inheritdoc cref="Save(string, ReadOnlySpan{float})"/>
    /// <param name="path">The file.</param>
    /// <param name="parameters">The address of each tensor's parameters, to be kept along; empty to leave them out.</param>
    /// <param name="more">Metadata besides those of the optimizer.</param>
    internal void SaveAt(string path, ReadOnlySpan<nint> parameters, IEnumerable<KeyValuePair<string, string>> more)
    {
        using var use = Enter();
        Write(path, withParameters: TakeOver(parameters), more);
    }

    /// <summary>Restores a checkpoint of tensors by their addresses.</summary>
    /// <inheritdoc cref="Load(string, Span{float})"/>
    /// <param name="path">The file.</param>
    /// <param name="parameters">The address of each tensor's parameters, which receive θ; empty to leave the checkpoint's alone.</param>
    /// <param name="inspect">Sees the metadata before anything is changed, and throws where they are not to its mind.</param>
    internal void LoadAt(string path, ReadOnlySpan<nint> parameters, Action<IReadOnlyDictionary<string, string>> inspect)
    {
        using var use = Enter();
        Read(path, withParameters: TakeOver(parameters), inspect);
    }

    /// <summary>Takes over the addresses of parameters, unless there are none.</summary>
    private bool TakeOver(ReadOnlySpan<nint> parameters)
    {
        if (parameters.IsEmpty)
            return false;
        _tensors.Set(parameters, new nint[parameters.Length]);
        return true;
    }

    /// <summary>Takes over pinned parameters, unless there are none.</summary>
    private unsafe bool TakeOver(float* θ, int length)
    {
        if (length == 0)
            return false;
        CheckFlat(length, "parameters");
        _tensors.Set(θ, gradient: null);
        return true;
    }

    private void Write(string path, bool withParameters, IEnumerable<KeyValuePair<string, string>>? more = null) =>
        CheckpointFile.Write(path, stream => Write(stream, withParameters, more));

    private void Write(Stream stream, bool withParameters, IEnumerable<KeyValuePair<string, string>>? more = null)
    {
        CheckIsFinite();
        var header = SafetensorsHeader.Create(
            [.. Describe(), .. more ?? []],
            TensorNames(withParameters).Select(tensor => (tensor.Name, tensor.ElementBytes, Length)));
        CheckpointFile.Write(stream, header, destination => WriteData(destination, withParameters));
    }

    private void Read(string path, bool withParameters, Action<IReadOnlyDictionary<string, string>>? inspect = null) =>
        CheckpointFile.Read(path, stream => Read(stream, withParameters, inspect));

    private void Read(Stream stream, bool withParameters, Action<IReadOnlyDictionary<string, string>>? inspect = null)
    {
        CheckpointFile.RequireSeeking(stream);
        var header = SafetensorsHeader.Read(stream);
        var data = stream.Position;
        CheckpointMetadata.CheckFormat(header.Metadata);
        CheckpointDigest.Verify(header, stream);
        CheckpointMetadata.CheckOwner(header.Metadata, Identity, Lengths, MemoryFormat);
        CheckTensors(header, withParameters);
        inspect?.Invoke(header.Metadata);
        var restore = ReadState(header.Metadata);
        try
        {
            stream.Position = data;
            ReadData(stream, HoldsParameters(header), withParameters);
        }
        catch (Exception e)
        {
            Release();
            throw new IOException("The checkpoint was verified, but could not be read again; the optimizer, half overwritten, is disposed.", e);
        }
        restore();
    }

    /// <summary>What the checkpoints of this optimizer alone say: memory and formula, in words.</summary>
    private protected abstract string Identity { get; }

    /// <summary>Names of the memory's units in checkpoints.</summary>
    private protected abstract IEnumerable<string> UnitNames { get; }

    /// <summary>All that a checkpoint says in strings.</summary>
    private protected abstract List<KeyValuePair<string, string>> Describe();

    /// <summary>Refuses to write what could not be loaded.</summary>
    /// <exception cref="InvalidOperationException">The run has diverged.</exception>
    private protected abstract void CheckIsFinite();

    /// <summary>Reads all but the memory and the parameters, without changing anything yet; the result puts it in force.</summary>
    /// <exception cref="InvalidDataException">It is not of this optimizer, or unreadable.</exception>
    private protected abstract Action ReadState(IReadOnlyDictionary<string, string> metadata);

    /// <summary>Puts options in force that a checkpoint has held: rates for every group.</summary>
    private protected void SetOptions(TensorOptimizerOptions options)
    {
        CommonOptions = options;
        for (var group = 0; group < _groups.Length; group++)
            SetRates(group, options.LearningRate, options.WeightDecay);
    }

    private void WriteData(Stream stream, bool withParameters)
    {
        if (withParameters)
            foreach (var chunk in _partition.Chunks)
                stream.Write(ParameterBytes(chunk));
        WriteUnits(_partition.Chunks, stream);
    }

    /// <summary>Writes some chunks of M: unit by unit, in its format.</summary>
    private void WriteUnits(ReadOnlySpan<Chunk> chunks, Stream stream)
    {
        Span<byte> buffer = new byte[Partition.ChunkLength * _M.ElementBytes];
        for (var unit = 0; unit < _M.UnitCount; unit++)
            foreach (var chunk in chunks)
            {
                var bytes = buffer[..(chunk.Count * _M.ElementBytes)];
                _M.ReadBytes(chunk, unit, bytes);
                stream.Write(bytes);
            }
    }

    private void ReadData(Stream stream, bool holdsParameters, bool withParameters)
    {
        if (holdsParameters && !withParameters)
            stream.Position += Length * sizeof(float);
        if (withParameters)
            foreach (var chunk in _partition.Chunks)
                stream.ReadExactly(ParameterBytes(chunk));
        ReadUnits(_partition.Chunks, stream);
    }

    /// <summary>Reads what <see cref="WriteUnits"/> has written.</summary>
    private void ReadUnits(ReadOnlySpan<Chunk> chunks, Stream stream)
    {
        Span<byte> buffer = new byte[Partition.ChunkLength * _M.ElementBytes];
        for (var unit = 0; unit < _M.UnitCount; unit++)
            foreach (var chunk in chunks)
            {
                var bytes = buffer[..(chunk.Count * _M.ElementBytes)];
                stream.ReadExactly(bytes);
                _M.WriteBytes(chunk, unit, bytes);
            }
    }

    private unsafe Span<byte> ParameterBytes(in Chunk chunk) =>
        new(_tensors.Parameters(chunk.Tensor) + chunk.Offset, chunk.Count * sizeof(float));

    /// <summary>The tensors must be those that this optimizer writes, in its order.</summary>
    private void CheckTensors(SafetensorsHeader header, bool withParameters)
    {
        var holdsParameters = HoldsParameters(header);
        if (withParameters && !holdsParameters)
            throw SafetensorsHeader.Refuse($"holds no parameters");
        var expected = TensorNames(holdsParameters).ToList();
        for (var i = 0; i < Math.Max(header.Tensors.Count, expected.Count); i++)
        {
            if (i >= header.Tensors.Count)
                throw SafetensorsHeader.Refuse($"lacks the tensor '{expected[i].Name}'");
            var found = header.Tensors[i];
            if (i >= expected.Count || found.Name != expected[i].Name)
                throw SafetensorsHeader.Refuse($"holds the tensor '{found.Name}' where {expected.ElementAtOrDefault(i).Name ?? "none"} belongs");
            if (found.ElementBytes != expected[i].ElementBytes)
                throw SafetensorsHeader.Refuse($"holds numbers of {found.ElementBytes} bytes in '{found.Name}' where numbers of {expected[i].ElementBytes} belong");
            if (found.Length != Length)
                throw SafetensorsHeader.Refuse($"holds {found.Length} elements of '{found.Name}' where {Length} belong");
        }
    }

    private static bool HoldsParameters(SafetensorsHeader header) => header.Tensors.Any(tensor => tensor.Name == ParametersName);

    /// <summary>In the order of their data. The widest numbers come first, so that all are aligned.</summary>
    private IEnumerable<(string Name, int ElementBytes)> TensorNames(bool withParameters)
    {
        if (withParameters)
            yield return (ParametersName, sizeof(float));
        foreach (var unit in UnitNames)
            yield return (UnitPrefix + unit, _M.ElementBytes);
    }
}
