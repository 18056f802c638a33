using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rllc;

public abstract partial class TensorOptimizer
{
    private readonly Action<int> _job;
    private readonly SquareSums _squareSums;

    // What the workers are on.
    private ChunkWork? _work;

    /// <summary>Does something to every chunk, in all threads.</summary>
    private protected void Run(ChunkWork work)
    {
        _work = work;
        _workers.Run(_job);
    }

    /// <summary>γ = g·g of the raw gradient, in a pass over it alone.</summary>
    private protected double SumSquares()
    {
        Run(_squareSums);
        return _squareSums.Total();
    }

    /// <summary>The norms of each group's tensors added up, of the raw gradient whose squares have just been summed.</summary>
    /// <param name="norms">Becomes the sums, group by group.</param>
    private protected void SumNorms(Span<double> norms)
    {
        norms.Clear();
        // Chunks come tensor by tensor.
        var chunk = 0;
        for (var tensor = 0; tensor < Lengths.Length; tensor++)
            norms[_groupOfTensor[tensor]] += Math.Sqrt(_squareSums.TotalOf(tensor, ref chunk));
    }

    /// <summary>Each worker has the same contiguous share of the chunks in every pass of every step: its caches stay its own.</summary>
    private void Work(int worker)
    {
        var end = _partition.Share(worker + 1, _workers.WorkerCount);
        for (var chunk = _partition.Share(worker, _workers.WorkerCount); chunk < end; chunk++)
            _work!.Work(chunk);
    }

    /// <summary>Something that is done to every chunk.</summary>
    private protected abstract class ChunkWork
    {
        /// <summary>Does it to one of them.</summary>
        public abstract void Work(int index);
    }

    /// <summary>What a kernel is called for: the whole tiles of a chunk, or the partial tile at the end of a tensor.</summary>
    /// <param name="Chunk">The number of the chunk.</param>
    /// <param name="Tensor">Its tensor.</param>
    /// <param name="Number">A number that no other piece has.</param>
    [StructLayout(LayoutKind.Auto)]
    private protected readonly record struct Piece(int Chunk, int Tensor, int Number);

    /// <summary>A pass over memory, parameters and gradient by kernels, which know of whole tiles only, for one format of the memory.</summary>
    private protected abstract unsafe class ChunkPass<TElement>(TensorOptimizer optimizer) : ChunkWork
        where TElement : unmanaged, IMemoryElement<TElement>
    {
        /// <summary>Whether the current pass writes parameters.</summary>
        protected virtual bool WritesParameters => true;

        /// <summary>Whether the current pass may write other numbers than zeros where the memory is padded.</summary>
        protected virtual bool MakesPadding => false;

        /// <inheritdoc/>
        public sealed override void Work(int index)
        {
            var chunk = optimizer._partition.Chunks[index];
            var g = optimizer._tensors.Gradient(chunk.Tensor);
            var tile = g is null ? null : optimizer._M.At<TElement>(chunk.Row);
            Begin(index, chunk, tile);
            if (g is null)
                return;
            g += chunk.Offset;
            var θ = optimizer._tensors.Parameters(chunk.Tensor) + chunk.Offset;
            var rest = chunk.Count % Tile.Length;
            var whole = chunk.Count - rest;
            if (whole > 0)
                Run(new(index, chunk.Tensor, 2 * index), ref *tile, ref *θ, ref *g, whole);
            if (rest > 0)
                WorkOnRest(new(index, chunk.Tensor, 2 * index + 1), ref tile[whole * optimizer._M.UnitCount], new(θ + whole, rest), new(g + whole, rest));
        }

        /// <summary>What comes before the kernels of a chunk.</summary>
        /// <param name="index">The number of the chunk.</param>
        /// <param name="chunk">The chunk.</param>
        /// <param name="tile">Its first tile; null where its tensor has no gradient, and no kernel is called.</param>
        protected virtual void Begin(int index, in Chunk chunk, TElement* tile)
        {
        }

        /// <summary>Calls a kernel for a piece.</summary>
        /// <param name="piece">Which one.</param>
        /// <param name="tile">Its first tile.</param>
        /// <param name="θ">Its parameters.</param>
        /// <param name="g">Its raw gradient.</param>
        /// <param name="count">Its length, a multiple of <see cref="Tile.Length"/>.</param>
        protected abstract void Run(in Piece piece, ref TElement tile, ref float θ, ref float g, int count);

        /// <summary>Random bits of its own for a piece in this step, where the memory is rounded at random.</summary>
        protected int Dither(in Piece piece) =>
            typeof(TElement) == typeof(BFloat16StochasticElement) ? Rllc.Dither.Seed(optimizer.StepCount, piece.Number) : 0;

        /// <summary>The last, partial tile of a tensor, by way of a whole one, padded with zeros as the memory is.</summary>
        private void WorkOnRest(in Piece piece, ref TElement tile, Span<float> θ, ReadOnlySpan<float> g)
        {
            Span<float> wholeθ = stackalloc float[Tile.Length];
            Span<float> wholeG = stackalloc float[Tile.Length];
            θ.CopyTo(wholeθ);
            g.CopyTo(wholeG);
            Run(piece, ref tile, ref wholeθ[0], ref wholeG[0], Tile.Length);
            if (WritesParameters)
                wholeθ[..θ.Length].CopyTo(θ);
            if (MakesPadding)
                ClearPadding(ref tile, θ.Length);
        }

        private void ClearPadding(ref TElement tile, int count)
        {
            for (var unit = 0; unit < optimizer._M.UnitCount; unit++)
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref tile, unit * Tile.Length + count), Tile.Length - count).Clear();
        }
    }

    /// <summary>γ of each chunk; added up in the order of the chunks, the same bits for every number of threads.</summary>
    private sealed unsafe class SquareSums(TensorOptimizer optimizer) : ChunkWork
    {
        private readonly double[] _sums = new double[optimizer.ChunkCount];

        /// <inheritdoc/>
        public override void Work(int index)
        {
            var chunk = optimizer._partition.Chunks[index];
            var g = optimizer._tensors.Gradient(chunk.Tensor);
            _sums[index] = g is null ? 0 : Sum(new(g + chunk.Offset, chunk.Count));
        }

        /// <summary>Their sum.</summary>
        public double Total()
        {
            var total = 0.0;
            foreach (var sum in _sums)
                total += sum;
            return total;
        }

        /// <summary>The part of one tensor.</summary>
        /// <param name="tensor">Which one.</param>
        /// <param name="chunk">Its first chunk; becomes the one after its last.</param>
        public double TotalOf(int tensor, ref int chunk)
        {
            var total = 0.0;
            for (; chunk < _sums.Length && optimizer._partition.Chunks[chunk].Tensor == tensor; chunk++)
                total += _sums[chunk];
            return total;
        }

        private static double Sum(ReadOnlySpan<float> g)
        {
            var whole = g.Length / Tile.Length * Tile.Length;
            var sum = whole == 0 ? 0 : SquareSum.Of(ref MemoryMarshal.GetReference(g), whole);
            if (whole == g.Length)
                return sum;
            Span<float> rest = stackalloc float[Tile.Length];
            g[whole..].CopyTo(rest);
            return sum + SquareSum.Of(ref rest[0], Tile.Length);
        }
    }
}
