using System.ComponentModel;

namespace Rllc;

public abstract partial class Optimizer
{
    /// <summary>Adds c = Mᵀg and γ = g·g of one piece of a chunk, summed in float32, to <paramref name="sums"/>; writes nothing else.</summary>
    /// <typeparam name="TLanes">The vectors to compute with.</typeparam>
    /// <typeparam name="TElement">What M is kept in.</typeparam>
    /// <param name="M">The piece's first tile: <see cref="Tile.Length"/> elements of unit 0, as many of unit 1, …; then the next tile.</param>
    /// <param name="g">The raw gradient of the piece.</param>
    /// <param name="count">Its length: a multiple of <see cref="Tile.Length"/>, at most 4096.</param>
    /// <param name="sums">c₀ … c₍ₖ₋₁₎, γ.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void Project<TLanes, TElement>(ref TElement M, ref float g, int count, Span<double> sums)
        where TLanes : struct, ILanes<TLanes>
        where TElement : unmanaged, IMemoryElement<TElement>;

    /// <summary>g ← scale·g (in registers), M ← MB + gaᵀ, θ ← decay·θ + M·law for one piece of a chunk.</summary>
    /// <typeparam name="TLanes">The vectors to compute with.</typeparam>
    /// <typeparam name="TElement">What M is kept in; θ moves by the new M before it is rounded to that.</typeparam>
    /// <param name="M">The piece's first tile: <see cref="Tile.Length"/> elements of unit 0, as many of unit 1, …; then the next tile.</param>
    /// <param name="θ">The parameters of the piece.</param>
    /// <param name="g">Its raw gradient, which stays as it is.</param>
    /// <param name="count">Its length: a multiple of <see cref="Tile.Length"/>, at most 4096.</param>
    /// <param name="step">The step's factors.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void Advance<TLanes, TElement>(ref TElement M, ref float θ, ref float g, int count, in StepCoefficients step)
        where TLanes : struct, ILanes<TLanes>
        where TElement : unmanaged, IMemoryElement<TElement>;

    /// <summary>Both in one pass, for delayed timing: the sums are of the old M and the raw gradient.</summary>
    /// <typeparam name="TLanes">The vectors to compute with.</typeparam>
    /// <typeparam name="TElement">What M is kept in; θ moves by the new M before it is rounded to that.</typeparam>
    /// <param name="M">The piece's first tile: <see cref="Tile.Length"/> elements of unit 0, as many of unit 1, …; then the next tile.</param>
    /// <param name="θ">The parameters of the piece.</param>
    /// <param name="g">Its raw gradient, which stays as it is.</param>
    /// <param name="count">Its length: a multiple of <see cref="Tile.Length"/>, at most 4096.</param>
    /// <param name="step">The step's factors.</param>
    /// <param name="sums">c₀ … c₍ₖ₋₁₎, γ.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void ProjectAndAdvance<TLanes, TElement>(ref TElement M, ref float θ, ref float g, int count, in StepCoefficients step, Span<double> sums)
        where TLanes : struct, ILanes<TLanes>
        where TElement : unmanaged, IMemoryElement<TElement>;
}
