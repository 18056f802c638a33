namespace Rllc;

/// <summary>An optimizer of the CPU.</summary>
internal class CpuHost(TensorOptimizer optimizer) : TensorHost
{
    private (bool Applied, double GradientNorm, double ClipFactor) _last = (true, 0, 1);

    /// <inheritdoc/>
    public override TensorOptimizerOptions CurrentOptions => optimizer.CommonOptions;

    /// <inheritdoc/>
    public override double LossScale
    {
        get => optimizer.LossScale;
        set => optimizer.LossScale = value;
    }

    /// <inheritdoc/>
    public override long StepCount => optimizer.StepCount;

    /// <inheritdoc/>
    public override StepReport LastStep =>
        new() { Applied = _last.Applied, GradientNorm = _last.GradientNorm, ClipFactor = _last.ClipFactor };

    /// <inheritdoc/>
    public override void SetGroups(ReadOnlySpan<int> groupOfTensor, int count) => optimizer.SetGroups(groupOfTensor, count);

    /// <inheritdoc/>
    public override void SetRates(int group, double learningRate, double weightDecay) => optimizer.SetRates(group, learningRate, weightDecay);

    /// <inheritdoc/>
    public override void Step(ReadOnlySpan<nint> parameters, ReadOnlySpan<nint> gradients)
    {
        var report = optimizer.StepAt(parameters, gradients);
        _last = (report.Applied, report.GradientNorm, report.ClipFactor);
    }

    /// <inheritdoc/>
    public override void CopyUnit(int unit, int tensor, Span<float> destination) => optimizer.CopyUnit(unit, tensor, destination);

    /// <inheritdoc/>
    public override List<KeyValuePair<string, string>> DescribeState() => optimizer.DescribeState();

    /// <inheritdoc/>
    public override void WriteMemory(int tensor, Stream stream) => optimizer.WriteMemory(tensor, stream);

    /// <inheritdoc/>
    public override void CopyTo(TensorOptimizer other) => other.CopyStateFrom(optimizer);

    /// <inheritdoc/>
    public override void Save(string location, ReadOnlySpan<TrackedParameter> parameters, IEnumerable<KeyValuePair<string, string>> more) =>
        optimizer.SaveAt(location, Addresses(parameters), more);

    /// <inheritdoc/>
    public override void Load(string location, ReadOnlySpan<TrackedParameter> parameters, Action<IReadOnlyDictionary<string, string>> inspect) =>
        optimizer.LoadAt(location, Addresses(parameters), inspect);

    /// <inheritdoc/>
    public override void Dispose() => optimizer.Dispose();

    private static nint[] Addresses(ReadOnlySpan<TrackedParameter> parameters)
    {
        var addresses = new nint[parameters.Length];
        for (var i = 0; i < addresses.Length; i++)
            addresses[i] = parameters[i].Address();
        return addresses;
    }
}
