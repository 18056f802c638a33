namespace Rllc;

/// <summary>An optimizer of a part of the parameters, on the device where they are. Of CUDA, whatever reads its state waits for the device.</summary>
internal abstract class TensorHost : IDisposable
{
    /// <summary>The options in force.</summary>
    public abstract TensorOptimizerOptions CurrentOptions { get; }

    /// <inheritdoc cref="TensorOptimizerOptions.LossScale"/>
    public abstract double LossScale { get; set; }

    /// <summary>Number of steps applied so far.</summary>
    public abstract long StepCount { get; }

    /// <summary>What the last step did; before the first one, that it was applied.</summary>
    public abstract StepReport LastStep { get; }

    /// <inheritdoc cref="TensorOptimizer.SetGroups"/>
    public abstract void SetGroups(ReadOnlySpan<int> groupOfTensor, int count);

    /// <inheritdoc cref="TensorOptimizer.SetRates"/>
    public abstract void SetRates(int group, double learningRate, double weightDecay);

    /// <summary>One step of tensors by their addresses on the device.</summary>
    /// <param name="parameters">Where each tensor is.</param>
    /// <param name="gradients">Where its gradient is; 0 where it has none.</param>
    public abstract void Step(ReadOnlySpan<nint> parameters, ReadOnlySpan<nint> gradients);

    /// <inheritdoc cref="TensorOptimizer.CopyUnit(int, int, Span{float})"/>
    public abstract void CopyUnit(int unit, int tensor, Span<float> destination);

    /// <inheritdoc cref="TensorOptimizer.DescribeState"/>
    public abstract List<KeyValuePair<string, string>> DescribeState();

    /// <inheritdoc cref="TensorOptimizer.WriteMemory"/>
    public abstract void WriteMemory(int tensor, Stream stream);

    /// <summary>Hands the state to an optimizer of the CPU with the same options, whose first tensors are as long as these.</summary>
    public abstract void CopyTo(TensorOptimizer other);

    /// <inheritdoc cref="TensorOptimizer.SaveAt"/>
    /// <param name="location">The file.</param>
    /// <param name="parameters">The parameters, to be kept along; empty to leave them out.</param>
    /// <param name="more">Metadata besides those of the optimizer.</param>
    public abstract void Save(string location, ReadOnlySpan<TrackedParameter> parameters, IEnumerable<KeyValuePair<string, string>> more);

    /// <inheritdoc cref="TensorOptimizer.LoadAt"/>
    /// <param name="location">The file.</param>
    /// <param name="parameters">The parameters, which receive those of the file; empty to leave these alone.</param>
    /// <param name="inspect">Sees the metadata before anything is changed, and throws where they are not to its mind.</param>
    public abstract void Load(string location, ReadOnlySpan<TrackedParameter> parameters, Action<IReadOnlyDictionary<string, string>> inspect);

    /// <summary>Frees the memory.</summary>
    public abstract void Dispose();
}
