namespace Rllc.Benchmarks.Steps;

/// <summary>Something that is done again and again to the same arrays.</summary>
internal interface IStep : IDisposable
{
    /// <summary>Bytes read and written per parameter and step; a write to what was not read counts once.</summary>
    int BytesMoved { get; }

    /// <summary>Does it once.</summary>
    void Step();
}

/// <summary>A step of a declared optimizer.</summary>
internal sealed class DeclaredStep(Declared declared, LawTiming timing, AlignedFloats θ, AlignedFloats g, int threads) : IStep
{
    private readonly Optimizer _optimizer = declared.Create(θ.Length, timing, threads);

    /// <inheritdoc/>
    public int BytesMoved { get; } = declared.BytesMoved(timing);

    /// <inheritdoc/>
    public void Step() => _optimizer.Step(θ.Span, g.Span);

    /// <inheritdoc/>
    public void Dispose() => _optimizer.Dispose();
}
