namespace Rllc.Cuda;

public sealed partial class CudaOptimizer
{
    // Of a tensor's part of a unit, at once: whole chunks of the host, so many that waiting costs little beside copying.
    private const int PieceLength = 64 * Partition.ChunkLength;

    /// <summary>The options in force.</summary>
    internal OptimizerOptions CurrentOptions => _options with
    {
        LearningRate = LearningRate,
        LawLearningRate = LawLearningRate,
        LossScale = LossScale,
    };

    /// <summary>
    /// Hands memory, law, step count and options to an optimizer of the CPU, which goes on from there or saves a checkpoint. Waits for
    /// the device.
    /// </summary>
    /// <param name="host">An optimizer of the same memory and memory format, whose first tensors are as long as this one's; what it had of them is replaced.</param>
    /// <param name="stream">The steps' stream.</param>
    /// <exception cref="ArgumentException">The other optimizer is one of another memory, format or other tensors.</exception>
    /// <exception cref="ObjectDisposedException">An optimizer is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using an optimizer.</exception>
    /// <exception cref="CudaException">Work queued earlier has failed, or the driver refuses. The other optimizer's state is not to be relied on.</exception>
    public void CopyTo(Optimizer host, CudaStream stream)
    {
        CheckKin(host);
        var state = ReadState(stream);
        var piece = NewPiece();
        for (var tensor = 0; tensor < Lengths.Length; tensor++)
            foreach (var (unit, first, place) in PiecesOf(tensor))
            {
                var bytes = piece.AsSpan(0, (int)place.Length);
                ReadMemory(place, bytes, stream);
                host.WritePiece(unit, tensor, first, bytes);
            }
        host.SetLaw(CurrentOptions with { Threads = host.CurrentOptions.Threads }, state);
    }

    /// <summary>
    /// Takes over memory, law, step count and options of an optimizer of the CPU, such as one that has loaded a checkpoint. Waits for the
    /// device.
    /// </summary>
    /// <param name="host">An optimizer of the same memory, memory format and tensors.</param>
    /// <param name="stream">The steps' stream.</param>
    /// <exception cref="ArgumentException">The other optimizer is one of another memory, format or other tensors. Nothing is changed.</exception>
    /// <exception cref="NotSupportedException">The other optimizer's relaxation is the pseudo-inverse. Nothing is changed.</exception>
    /// <exception cref="ObjectDisposedException">An optimizer is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using an optimizer.</exception>
    /// <exception cref="CudaException">Work queued earlier has failed, or the driver refuses. The state is not to be relied on.</exception>
    public void CopyFrom(Optimizer host, CudaStream stream)
    {
        CheckKin(host);
        TensorArguments.CheckCount(Lengths, host.Lengths.Length, nameof(host));
        Restore(host.CurrentOptions, host.CopyLaw(), stream);
        var piece = NewPiece();
        for (var tensor = 0; tensor < Lengths.Length; tensor++)
            foreach (var (unit, first, place) in PiecesOf(tensor))
            {
                var bytes = piece.AsSpan(0, (int)place.Length);
                host.ReadPiece(unit, tensor, first, bytes);
                WriteMemory(bytes, place, stream);
            }
    }

    /// <inheritdoc cref="TensorOptimizer.DescribeState"/>
    /// <param name="stream">The steps' stream.</param>
    internal List<KeyValuePair<string, string>> DescribeState(CudaStream stream)
    {
        var law = ReadState(stream).ToLaw(LinearMemory, CurrentOptions);
        LawMetadata.CheckIsFinite(law);
        return
        [
            .. CheckpointMetadata.DescribeOwner(LawMetadata.Identity(LinearMemory), Lengths, MemoryFormat),
            .. LawMetadata.Describe(law, CurrentOptions),
        ];
    }

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

    private void CheckKin(Optimizer host)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (host.LinearMemory.ToString() != LinearMemory.ToString())
            throw new ArgumentException($"The optimizers have different memories: {LinearMemory.Spec} and {host.LinearMemory.Spec}.", nameof(host));
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
