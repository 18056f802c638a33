using System.Runtime.Intrinsics;

namespace Rllc;

public abstract partial class Optimizer
{
    private enum Pass
    {
        Project,
        Advance,
        ProjectAndAdvance,
    }

    private delegate void ProjectKernel<TElement>(ref TElement M, ref float g, int count, Span<double> sums);

    private delegate void AdvanceKernel<TElement>(ref TElement M, ref float θ, ref float g, int count, in StepCoefficients step);

    private delegate void ProjectAndAdvanceKernel<TElement>(ref TElement M, ref float θ, ref float g, int count, in StepCoefficients step, Span<double> sums);

    // One sum per chunk and number, added up in the order of the chunks: the same bits for every number of threads.
    private readonly double[] _partials;
    private readonly ChunkWork _passes;

    // The step that the workers are on.
    private Pass _pass;
    private bool _withGram;
    private long _step;

    /// <summary>Runs a pass and leaves c, γ and, where asked for, the pairs of the exact Gram matrix of the old M in _sums.</summary>
    private void RunSumming(Pass pass, bool withGram)
    {
        Run(pass, withGram);
        Array.Clear(_sums);
        for (var chunk = 0; chunk < ChunkCount; chunk++)
        {
            var sums = PartialSums(chunk);
            for (var i = 0; i < sums.Length; i++)
                _sums[i] += sums[i];
        }
    }

    private void Run(Pass pass, bool withGram = false)
    {
        // The delayed step is counted after its pass, the others before.
        (_pass, _withGram, _step) = (pass, withGram, pass == Pass.ProjectAndAdvance ? _law.Step + 1 : _law.Step);
        Run(_passes);
    }

    /// <summary>A chunk's c, γ and, where asked for, pairs.</summary>
    private Span<double> PartialSums(int chunk) =>
        _partials.AsSpan(chunk * _sums.Length, _withGram ? _sums.Length : Memory.UnitCount + 1);

    private ChunkWork NewPasses(MemoryFormat format) => format switch
    {
        MemoryFormat.Float32 => NewPasses<Float32Element>(),
        MemoryFormat.BFloat16 => NewPasses<BFloat16Element>(),
        _ => NewPasses<BFloat16StochasticElement>(),
    };

    private ChunkWork NewPasses<TElement>() where TElement : unmanaged, IMemoryElement<TElement> =>
        Vector512.IsHardwareAccelerated ? new Passes<Lanes512, TElement>(this) : new Passes<Lanes256, TElement>(this);

    /// <summary>What is done to a chunk, for one format of M.</summary>
    private sealed unsafe class Passes<TLanes, TElement>(Optimizer optimizer) : ChunkPass<TElement>(optimizer)
        where TLanes : struct, ILanes<TLanes>
        where TElement : unmanaged, IMemoryElement<TElement>
    {
        // Two sums of 8 numbers for each of c and γ: the most that 16 registers hold, with g.
        private const int MostUnitsInPairs = 6;

        // Delegates, because a generic virtual method is looked up anew in every call. Where vectors are narrow, Project takes
        // them in pairs: it needs few registers, and two sums for one hide each other's latency.
        private readonly ProjectKernel<TElement> _project = optimizer.Memory.UnitCount <= MostUnitsInPairs
            ? optimizer.Project<Lanes512, TElement>
            : optimizer.Project<TLanes, TElement>;

        private readonly AdvanceKernel<TElement> _advance = optimizer.Advance<TLanes, TElement>;
        private readonly ProjectAndAdvanceKernel<TElement> _projectAndAdvance = optimizer.ProjectAndAdvance<TLanes, TElement>;

        protected override bool WritesParameters => optimizer._pass != Pass.Project;

        protected override void Begin(int index, in Chunk chunk, TElement* tile)
        {
            var sums = optimizer.PartialSums(index);
            sums.Clear();
            if (tile is not null && optimizer._withGram)
                ExactGram.OfChunk(ref *tile, optimizer.Memory.UnitCount, optimizer._stateCount, chunk.Count, sums[(optimizer.Memory.UnitCount + 1)..]);
        }

        // A rule may make something of the zeros that pad a tensor.
        protected override bool MakesPadding => WritesParameters && optimizer.Memory is not Rllc.LinearMemory;

        protected override void Run(in Piece piece, ref TElement tile, ref float θ, ref float g, int count)
        {
            var sums = optimizer.PartialSums(piece.Chunk);
            switch (optimizer._pass)
            {
                case Pass.Project:
                    _project(ref tile, ref g, count, sums);
                    break;
                case Pass.Advance:
                    _advance(ref tile, ref θ, ref g, count, Coefficients(piece));
                    break;
                default:
                    _projectAndAdvance(ref tile, ref θ, ref g, count, Coefficients(piece), sums);
                    break;
            }
        }

        private StepCoefficients Coefficients(in Piece piece)
        {
            var (group, k) = (optimizer.GroupOf(piece.Tensor), optimizer.Memory.UnitCount);
            return new()
            {
                GradientScale = optimizer.GradientScale,
                Decay = optimizer.Groups[group].Decay,
                Law = optimizer._stepLaws.AsSpan(group * k, k),
                Step = optimizer._step,
                Dither = Dither(piece),
            };
        }
    }
}
