namespace Rllc.Benchmarks.Steps;

/// <summary>A step of a declared optimizer over the tensors of <see cref="ResNet20"/>.</summary>
internal sealed class GroupedStep(Declared declared, Setting setting, AlignedFloats θ, AlignedFloats g) : IStep
{
    private readonly Optimizer _optimizer = declared.Create([.. ResNet20.Lengths], setting);
    private readonly Memory<float>[] _θ = [.. ResNet20.Slices.Select(slice => θ.Memory[slice])];
    private readonly ReadOnlyMemory<float>[] _g = [.. ResNet20.Slices.Select(slice => (ReadOnlyMemory<float>)g.Memory[slice])];

    /// <inheritdoc/>
    public Traffic Traffic { get; } = declared.Traffic(setting);

    /// <inheritdoc/>
    public void Step() => _optimizer.Step(_θ, _g);

    /// <inheritdoc/>
    public void Dispose() => _optimizer.Dispose();
}
