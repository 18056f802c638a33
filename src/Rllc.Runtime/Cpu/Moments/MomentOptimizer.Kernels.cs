using System.ComponentModel;
using System.Runtime.Intrinsics;

namespace Rllc;

public abstract partial class MomentOptimizer
{
    private delegate void AdvanceKernel<TElement>(ref TElement M, ref float θ, ref float g, int count, in MomentCoefficients step);

    /// <summary>One step of one piece of a chunk: g ← scale·g + penalty·θ (in registers), m and v, θ ← θ + decay·θ + rate·m/(root·√v + ε).</summary>
    /// <typeparam name="TLanes">The vectors to compute with.</typeparam>
    /// <typeparam name="TElement">What m and v are kept in; θ moves by the new ones before they are rounded to that.</typeparam>
    /// <param name="M">
    /// The piece's first tile: <see cref="Tile.Length"/> elements of m, as many of v, where there is a buffer of its sum and its entries;
    /// then the next tile.
    /// </param>
    /// <param name="θ">The parameters of the piece.</param>
    /// <param name="g">Its raw gradient, which stays as it is.</param>
    /// <param name="count">Its length: a multiple of <see cref="Tile.Length"/>, at most 4096.</param>
    /// <param name="step">The step's factors.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void Advance<TLanes, TElement>(ref TElement M, ref float θ, ref float g, int count, in MomentCoefficients step)
        where TLanes : struct, ILanes<TLanes>
        where TElement : unmanaged, IMemoryElement<TElement>;

    private ChunkWork NewPass(MemoryFormat format) => format switch
    {
        MemoryFormat.Float32 => NewPass<Float32Element>(),
        _ => NewPass<BFloat16StochasticElement>(),
    };

    private ChunkWork NewPass<TElement>() where TElement : unmanaged, IMemoryElement<TElement> =>
        Vector512.IsHardwareAccelerated ? new Pass<Lanes512, TElement>(this) : new Pass<Lanes256, TElement>(this);

    /// <summary>The one pass of a step.</summary>
    private sealed unsafe class Pass<TLanes, TElement>(MomentOptimizer optimizer) : ChunkPass<TElement>(optimizer)
        where TLanes : struct, ILanes<TLanes>
        where TElement : unmanaged, IMemoryElement<TElement>
    {
        // A delegate, because a generic virtual method is looked up anew in every call.
        private readonly AdvanceKernel<TElement> _advance = optimizer.Advance<TLanes, TElement>;

        protected override void Begin(int index, in Chunk chunk, TElement* tile)
        {
            if (tile is not null && optimizer.IsSumDue(chunk.Tensor))
                CriticalSum.OfChunk<TLanes, TElement>(ref *tile, optimizer._formula.MomentCount, optimizer._formula.Capacity, chunk.Count, Dither(new(index, chunk.Tensor, 2 * index)));
        }

        protected override void Run(in Piece piece, ref TElement tile, ref float θ, ref float g, int count) =>
            _advance(ref tile, ref θ, ref g, count, optimizer._coefficients[piece.Tensor] with { Dither = Dither(piece) });
    }
}
