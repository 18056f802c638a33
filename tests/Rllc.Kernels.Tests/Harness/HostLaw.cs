namespace Rllc.Kernels.Tests;

/// <summary>The law's part of <see cref="Optimizer"/>'s step on the host, around the same <see cref="LawState"/>.</summary>
internal sealed class HostLaw(LinearMemory memory, OptimizerOptions options)
{
    private readonly int _k = memory.UnitCount;

    public LawState State { get; } = new(memory.B, memory.a, memory.S, options);

    public long Skipped { get; private set; }

    public StepFactors Factors { get; private set; }

    public float[] StepLaw { get; private set; } = new float[memory.UnitCount];

    public bool GramIsDue => State.NeedsExactGram;

    public void SolveExact(double[] sums)
    {
        var withGram = GramIsDue;
        var norm = Math.Sqrt(sums[_k]) / options.LossScale;
        if (options.SkipNonFinite && !sums[..(_k + 1)].All(double.IsFinite))
        {
            Skip(norm, clipFactor: 1);
            return;
        }
        var clipFactor = options.ClipFactor(norm);
        var scale = Scale(clipFactor);
        var (c, gamma) = ScaledSums(sums, scale);
        State.Begin();
        if (withGram)
            State.SetGram(Gram(sums));
        State.Correct(c);
        State.Advance(c, gamma);
        if (options.SkipNonFinite && !State.Fits(gamma, options.LearningRate, Optimizer.Limit))
        {
            State.Undo();
            Skip(norm, clipFactor);
            return;
        }
        Apply(clipFactor, scale);
        Factors = Factors with { GradientNorm = norm };
    }

    public void BeginDelayed()
    {
        State.ApplyPending();
        Apply(clipFactor: 1, Scale(clipFactor: 1));
    }

    public void EndDelayed(double[] sums)
    {
        var withGram = GramIsDue;
        Factors = Factors with { GradientNorm = Math.Sqrt(sums[_k]) / options.LossScale };
        var (c, gamma) = ScaledSums(sums, Factors.GradientScale);
        if (withGram)
            State.SetGram(Gram(sums));
        State.Postpone(c);
        State.Advance(c, gamma);
    }

    private float Scale(double clipFactor) => (float)((options.Maximize ? -clipFactor : clipFactor) / options.LossScale);

    private (double[] c, double gamma) ScaledSums(double[] sums, double scale) =>
        (sums[.._k].Select(sum => sum * scale).ToArray(), sums[_k] * scale * scale);

    private double[] Gram(double[] sums)
    {
        var gram = new double[_k * _k];
        ExactGram.Unfold(sums.AsSpan(_k + 1), _k, gram);
        return gram;
    }

    private void Skip(double norm, double clipFactor)
    {
        Skipped++;
        Factors = Factors with { GradientNorm = norm, ClipFactor = clipFactor, Applied = 0 };
    }

    private void Apply(double clipFactor, float scale)
    {
        Factors = Factors with
        {
            ClipFactor = clipFactor,
            GradientScale = scale,
            Applied = 1,
        };
        StepLaw = State.L.Select(coefficient => (float)(-options.LearningRate * coefficient)).ToArray();
    }
}
