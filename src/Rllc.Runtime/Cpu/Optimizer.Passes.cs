using System.Runtime.Intrinsics;

namespace Rllc;

public abstract partial class Optimizer
{
    private enum Pass
    {
        SumSquares,
        Project,
        Advance,
        ProjectAndAdvance,
    }

    private delegate void ProjectKernel<TElement>(ref TElement M, ref float g, int count, Span<double> sums);

    private delegate void AdvanceKernel<TElement>(ref TElement M, ref float θ, ref float g, int count, in StepCoefficients step);

    private delegate void ProjectAndAdvanceKernel<TElement>(ref TElement M, ref float θ, ref float g, int count, in StepCoefficients step, Span<double> sums);

    // One sum per chunk and number, added up in the order of the chunks: the same bits for every number of threads.
    private readonly double[] _partials;
    private readonly Passes _passes;
    private readonly Action<int> _job;

    // The step that the workers are on.
    private Pass _pass;
    private bool _withGram;
    private float _gradientScale;

    /// <summary>Runs a pass and leaves c, γ and, where asked for, the pairs of the exact Gram matrix of the old M in _sums.</summary>
    private void RunSumming(Pass pass, bool withGram)
    {
        Run(pass, withGram);
        Array.Clear(_sums);
        for (var chunk = 0; chunk < _partition.Chunks.Length; chunk++)
        {
            var sums = PartialSums(chunk);
            for (var i = 0; i < sums.Length; i++)
                _sums[i] += sums[i];
        }
    }

    private void Run(Pass pass, bool withGram = false)
    {
        (_pass, _withGram) = (pass, withGram);
        _workers.Run(_job);
    }

    /// <summary>Each worker has the same contiguous share of the chunks in every pass of every step: its caches stay its own.</summary>
    private void Work(int worker)
    {
        var end = _partition.Share(worker + 1, _workers.WorkerCount);
        for (var chunk = _partition.Share(worker, _workers.WorkerCount); chunk < end; chunk++)
            _passes.Work(chunk);
    }

    /// <summary>A chunk's c, γ and, where asked for, pairs.</summary>
    private Span<double> PartialSums(int chunk) =>
        _partials.AsSpan(chunk * _sums.Length, _withGram ? _sums.Length : LinearMemory.UnitCount + 1);

    private Passes NewPasses(MemoryFormat format) => format switch
    {
        MemoryFormat.Float32 => NewPasses<Float32Element>(),
        MemoryFormat.BFloat16 => NewPasses<BFloat16Element>(),
        _ => NewPasses<BFloat16StochasticElement>(),
    };

    private Passes NewPasses<TElement>() where TElement : unmanaged, IMemoryElement<TElement> =>
        Vector512.IsHardwareAccelerated ? new Passes<Lanes512, TElement>(this) : new Passes<Lanes256, TElement>(this);

    /// <summary>What is done to a chunk, for one format of M.</summary>
    private abstract class Passes
    {
        /// <summary>Does the optimizer's current pass.</summary>
        public abstract void Work(int chunk);
    }

    /// <inheritdoc/>
    private sealed unsafe class Passes<TLanes, TElement>(Optimizer optimizer) : Passes
        where TLanes : struct, ILanes<TLanes>
        where TElement : unmanaged, IMemoryElement<TElement>
    {
        // Two sums of 8 numbers for each of c and γ: the most that 16 registers hold, with g.
        private const int MostUnitsInPairs = 6;

        // Delegates, because a generic virtual method is looked up anew in every call. Where vectors are narrow, Project takes
        // them in pairs: it needs few registers, and two sums for one hide each other's latency.
        private readonly ProjectKernel<TElement> _project = optimizer.LinearMemory.UnitCount <= MostUnitsInPairs
            ? optimizer.Project<Lanes512, TElement>
            : optimizer.Project<TLanes, TElement>;

        private readonly AdvanceKernel<TElement> _advance = optimizer.Advance<TLanes, TElement>;
        private readonly ProjectAndAdvanceKernel<TElement> _projectAndAdvance = optimizer.ProjectAndAdvance<TLanes, TElement>;

        public override void Work(int index)
        {
            var chunk = optimizer._partition.Chunks[index];
            var sums = optimizer.PartialSums(index);
            sums.Clear();
            var g = optimizer._tensors.Gradient(chunk.Tensor);
            if (g is null)
                return;
            var tile = optimizer._M.At<TElement>(chunk.Row);
            var k = optimizer.LinearMemory.UnitCount;
            if (optimizer._withGram)
                ExactGram.OfChunk(ref *tile, k, chunk.Count, sums[(k + 1)..]);

            g += chunk.Offset;
            var θ = optimizer._tensors.Parameters(chunk.Tensor) + chunk.Offset;
            var rest = chunk.Count % Tile.Length;
            var whole = chunk.Count - rest;
            var group = optimizer._groups[optimizer._groupOfTensor[chunk.Tensor]];
            if (whole > 0)
                RunKernel(ref *tile, ref *θ, ref *g, whole, Coefficients(group, piece: 2 * index), sums);
            if (rest > 0)
                WorkOnRest(ref tile[whole * k], new(θ + whole, rest), new(g + whole, rest), Coefficients(group, piece: 2 * index + 1), sums);
        }

        /// <summary>The step's factors, and random bits of its own for each piece.</summary>
        private StepCoefficients Coefficients(TensorGroup group, int piece) => new()
        {
            GradientScale = optimizer._gradientScale,
            Decay = group.Decay,
            Law = group.StepLaw,
            Dither = typeof(TElement) == typeof(BFloat16StochasticElement) ? Dither.Seed(optimizer.StepCount, piece) : 0,
        };

        /// <summary>The last, partial tile of a tensor, by way of a whole one, padded with zeros as the memory is.</summary>
        private void WorkOnRest(ref TElement tile, Span<float> θ, ReadOnlySpan<float> g, in StepCoefficients step, Span<double> sums)
        {
            Span<float> wholeθ = stackalloc float[Tile.Length];
            Span<float> wholeG = stackalloc float[Tile.Length];
            θ.CopyTo(wholeθ);
            g.CopyTo(wholeG);
            RunKernel(ref tile, ref wholeθ[0], ref wholeG[0], Tile.Length, step, sums);
            if (optimizer._pass is not (Pass.SumSquares or Pass.Project))
                wholeθ[..θ.Length].CopyTo(θ);
        }

        private void RunKernel(ref TElement tile, ref float θ, ref float g, int count, in StepCoefficients step, Span<double> sums)
        {
            switch (optimizer._pass)
            {
                case Pass.SumSquares:
                    sums[^1] += SquareSum.Of(ref g, count);
                    break;
                case Pass.Project:
                    _project(ref tile, ref g, count, sums);
                    break;
                case Pass.Advance:
                    _advance(ref tile, ref θ, ref g, count, step);
                    break;
                default:
                    _projectAndAdvance(ref tile, ref θ, ref g, count, step, sums);
                    break;
            }
        }
    }
}
