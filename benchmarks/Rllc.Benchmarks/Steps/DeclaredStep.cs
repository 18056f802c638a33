namespace Rllc.Benchmarks.Steps;

/// <summary>A step of a declared optimizer over one flat array.</summary>
internal sealed class DeclaredStep(Declared declared, Setting setting, AlignedFloats θ, AlignedFloats g) : IStep
{
    private readonly Optimizer _optimizer = declared.Create([θ.Length], setting);

    /// <inheritdoc/>
    public Traffic Traffic { get; } = declared.Traffic(setting);

    /// <inheritdoc/>
    public void Step() => _optimizer.Step(θ.Span, g.Span);

    /// <inheritdoc/>
    public void Dispose() => _optimizer.Dispose();
}
