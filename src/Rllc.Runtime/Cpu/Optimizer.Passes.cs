using System.ComponentModel;
using System.Numerics;

namespace Rllc;

public abstract partial class Optimizer
{
    private enum Pass
    {
        Project,
        Advance,
        ProjectAndAdvance,
        Gram,
    }

    // One sum per chunk and number, added up in the order of the chunks: the same bits for every number of threads.
    private readonly double[] _partials;
    private readonly Action<int> _job;

    // The step that the workers are on.
    private readonly float[] _stepLaw;
    private Pass _pass;
    private int _sumCount;
    private float _gradientScale;
    private float _decay;
    private unsafe float* _θ;
    private unsafe float* _g;

    /// <summary>Adds c = Mᵀg and γ = g·g of one piece of a chunk, summed in float32, to <paramref name="sums"/>; writes nothing else.</summary>
    /// <param name="M">Unit 0 of the piece; unit i starts i · <see cref="ChunkLength"/> elements further.</param>
    /// <param name="g">The raw gradient of the piece.</param>
    /// <param name="count">Its length: a multiple of Vector&lt;float&gt;.Count, at most <see cref="ChunkLength"/>.</param>
    /// <param name="sums">c₀ … c₍ₖ₋₁₎, γ.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void Project(ref float M, ref float g, int count, Span<double> sums);

    /// <summary>g ← scale·g (in registers), M ← MB + gaᵀ, θ ← decay·θ + M·law for one piece of a chunk.</summary>
    /// <param name="M">Unit 0 of the piece; unit i starts i · <see cref="ChunkLength"/> elements further.</param>
    /// <param name="θ">The parameters of the piece.</param>
    /// <param name="g">Its raw gradient, which stays as it is.</param>
    /// <param name="count">Its length: a multiple of Vector&lt;float&gt;.Count, at most <see cref="ChunkLength"/>.</param>
    /// <param name="step">The step's factors.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void Advance(ref float M, ref float θ, ref float g, int count, in StepCoefficients step);

    /// <summary>Both in one pass, for delayed timing: the sums are of the old M and the raw gradient.</summary>
    /// <param name="M">Unit 0 of the piece; unit i starts i · <see cref="ChunkLength"/> elements further.</param>
    /// <param name="θ">The parameters of the piece.</param>
    /// <param name="g">Its raw gradient, which stays as it is.</param>
    /// <param name="count">Its length: a multiple of Vector&lt;float&gt;.Count, at most <see cref="ChunkLength"/>.</param>
    /// <param name="step">The step's factors.</param>
    /// <param name="sums">c₀ … c₍ₖ₋₁₎, γ.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void ProjectAndAdvance(ref float M, ref float θ, ref float g, int count, in StepCoefficients step, Span<double> sums);

    private void RunSumming(Pass pass, Span<double> totals)
    {
        _sumCount = totals.Length;
        Run(pass);
        totals.Clear();
        for (var chunk = 0; chunk < _M.ChunkCount; chunk++)
        {
            var sums = PartialSums(chunk);
            for (var i = 0; i < totals.Length; i++)
                totals[i] += sums[i];
        }
    }

    private void Run(Pass pass)
    {
        _pass = pass;
        _workers.Run(_job);
    }

    /// <summary>Each worker has the same contiguous share of the chunks in every pass of every step: its caches stay its own.</summary>
    private void Work(int worker)
    {
        var first = (int)((long)_M.ChunkCount * worker / _workers.WorkerCount);
        var end = (int)((long)_M.ChunkCount * (worker + 1) / _workers.WorkerCount);
        for (var chunk = first; chunk < end; chunk++)
            WorkOnChunk(chunk);
    }

    private unsafe void WorkOnChunk(int chunk)
    {
        var sums = PartialSums(chunk);
        sums.Clear();
        if (_pass == Pass.Gram)
        {
            ExactGram.OfChunk(_M, chunk, sums);
            return;
        }
        var units = _M.Chunk(chunk);
        var offset = (long)chunk * ChunkLength;
        var rest = _M.Count(chunk) % Vector<float>.Count;
        var whole = _M.Count(chunk) - rest;
        if (whole > 0)
            RunKernel(ref *units, ref _θ[offset], ref _g[offset], whole, sums);
        if (rest > 0)
            WorkOnRest(ref units[whole], new(_θ + offset + whole, rest), new(_g + offset + whole, rest), sums);
    }

    /// <summary>The last, partial vector of the spans, by way of a whole one, padded with zeros as the memory is.</summary>
    private void WorkOnRest(ref float units, Span<float> θ, ReadOnlySpan<float> g, Span<double> sums)
    {
        Span<float> wholeθ = stackalloc float[Vector<float>.Count];
        Span<float> wholeG = stackalloc float[Vector<float>.Count];
        θ.CopyTo(wholeθ);
        g.CopyTo(wholeG);
        RunKernel(ref units, ref wholeθ[0], ref wholeG[0], Vector<float>.Count, sums);
        if (_pass != Pass.Project)
            wholeθ[..θ.Length].CopyTo(θ);
    }

    private void RunKernel(ref float units, ref float θ, ref float g, int count, Span<double> sums)
    {
        var step = new StepCoefficients { GradientScale = _gradientScale, Decay = _decay, Law = _stepLaw };
        switch (_pass)
        {
            case Pass.Project:
                Project(ref units, ref g, count, sums);
                break;
            case Pass.Advance:
                Advance(ref units, ref θ, ref g, count, step);
                break;
            default:
                ProjectAndAdvance(ref units, ref θ, ref g, count, step, sums);
                break;
        }
    }

    private Span<double> PartialSums(int chunk) => _partials.AsSpan(chunk * _sumCount, _sumCount);
}
