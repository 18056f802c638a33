namespace Rllc.Cuda;

public sealed partial class CudaOptimizer
{
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
        CopyMemoryTo(host, stream);
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
        CopyMemoryFrom(host, stream);
    }

    /// <inheritdoc/>
    internal override TensorOptimizerOptions CommonOptions => CurrentOptions;

    /// <inheritdoc/>
    internal override void CopyTo(TensorOptimizer host, CudaStream stream) => CopyTo((Optimizer)host, stream);

    /// <inheritdoc/>
    internal override void CopyFrom(TensorOptimizer host, CudaStream stream) => CopyFrom((Optimizer)host, stream);

    /// <inheritdoc/>
    internal override List<KeyValuePair<string, string>> DescribeState(CudaStream stream)
    {
        var law = ReadState(stream).ToLaw(Memory, CurrentOptions);
        LawMetadata.CheckIsFinite(law);
        return
        [
            .. CheckpointMetadata.DescribeOwner(LawMetadata.Identity(Memory), Lengths, MemoryFormat),
            .. LawMetadata.Describe(law, CurrentOptions),
        ];
    }

    private void CheckKin(Optimizer host)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (host.Memory.ToString() != Memory.ToString())
            throw new ArgumentException($"The optimizers have different memories: {LawMetadata.Identity(Memory)} and {LawMetadata.Identity(host.Memory)}.", nameof(host));
        CheckTensors(host);
    }
}
