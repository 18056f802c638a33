namespace Rllc.Cuda;

public sealed partial class CudaMomentOptimizer
{
    /// <inheritdoc/>
    internal override MomentOptions CommonOptions => _options with { LearningRate = LearningRate, LossScale = LossScale };

    /// <summary>
    /// Hands memory, step counts, priorities and options to an optimizer of the CPU, which goes on from there or saves a checkpoint. Waits
    /// for the device.
    /// </summary>
    /// <param name="host">An optimizer of the same formula and memory format, whose first tensors are as long as this one's; what it had of them is replaced.</param>
    /// <param name="stream">The steps' stream.</param>
    /// <exception cref="ArgumentException">The other optimizer is one of another formula, format or other tensors.</exception>
    /// <exception cref="ObjectDisposedException">An optimizer is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using an optimizer.</exception>
    /// <exception cref="CudaException">Work queued earlier has failed, or the driver refuses. The other optimizer's state is not to be relied on.</exception>
    public void CopyTo(MomentOptimizer host, CudaStream stream)
    {
        CheckKin(host);
        var counts = ReadCountsAndKeys(stream);
        CopyMemoryTo(host, stream);
        host.SetCounts(CommonOptions with { Threads = host.CurrentOptions.Threads }, counts);
    }

    /// <summary>
    /// Takes over memory, step counts, priorities and options of an optimizer of the CPU, such as one that has loaded a checkpoint. Waits for
    /// the device.
    /// </summary>
    /// <param name="host">An optimizer of the same formula, memory format and tensors.</param>
    /// <param name="stream">The steps' stream.</param>
    /// <exception cref="ArgumentException">The other optimizer is one of another formula, format or other tensors. Nothing is changed.</exception>
    /// <exception cref="ObjectDisposedException">An optimizer is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using an optimizer.</exception>
    /// <exception cref="CudaException">Work queued earlier has failed, or the driver refuses. The state is not to be relied on.</exception>
    public void CopyFrom(MomentOptimizer host, CudaStream stream)
    {
        CheckKin(host);
        TensorArguments.CheckCount(Lengths, host.Lengths.Length, nameof(host));
        Restore(host.CurrentOptions, host.CopyCounts(), stream);
        CopyMemoryFrom(host, stream);
    }

    /// <inheritdoc/>
    internal override void CopyTo(TensorOptimizer host, CudaStream stream) => CopyTo((MomentOptimizer)host, stream);

    /// <inheritdoc/>
    internal override void CopyFrom(TensorOptimizer host, CudaStream stream) => CopyFrom((MomentOptimizer)host, stream);

    /// <inheritdoc/>
    internal override List<KeyValuePair<string, string>> DescribeState(CudaStream stream)
    {
        var counts = ReadCountsAndKeys(stream);
        var keys = new CriticalKeys(Lengths.Length, _formula.Capacity, _formula.Decay);
        counts.Keys.CopyTo(keys.All);
        MomentMetadata.CheckIsFinite(keys);
        return
        [
            .. CheckpointMetadata.DescribeOwner(_formula.ToString(), Lengths, MemoryFormat),
            .. MomentMetadata.Describe(counts.StepCount, counts.Steps, keys, CommonOptions),
        ];
    }

    private MomentCounts ReadCountsAndKeys(CudaStream stream)
    {
        using var use = Enter();
        var step = _memory.Arguments;
        return new(ReadOne(step.Counters, stream).Step, Read(step.Steps, stream), Read(step.Keys, stream));
    }

    /// <summary>Replaces options, step counts and priorities, and forgets the last report. Waits for the device.</summary>
    private void Restore(MomentOptions options, MomentCounts counts, CudaStream stream)
    {
        using var use = Enter();
        var step = _memory.Arguments;
        _memory.Copy.ToDevice([new MomentCounters { Step = counts.StepCount }], step.Counters, stream);
        _memory.Copy.ToDevice<long>(counts.Steps, step.Steps, stream);
        _memory.Copy.ToDevice<double>(counts.Keys, step.Keys, stream);
        _memory.Copy.ToDevice([default(StepFactors)], step.Outcome, stream);
        _settings.Replace(options);
        _options = options;
    }

    private void CheckKin(MomentOptimizer host)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (host.DeclaredFormula != _formula)
            throw new ArgumentException($"The optimizers have different formulas: {_formula} and {host.DeclaredFormula}.", nameof(host));
        CheckTensors(host);
    }
}
