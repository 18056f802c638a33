namespace Rllc.Runtime.Tests.Cpu;

/// <summary>M(0.9) ⊕ M(0) as the generator would emit it.</summary>
internal sealed class MomentumMixByHand : Optimizer
{
    private static readonly LinearMemory Declared = LinearMemory.Parse("M(0.9) ⊕ M(0)");

    public MomentumMixByHand(long length, OptimizerOptions? options = null) : base(Declared, length, options ?? new())
    {
    }

    public MomentumMixByHand(ReadOnlySpan<long> lengths, OptimizerOptions? options = null) : base(Declared, lengths, options ?? new())
    {
    }

    protected override void Project<TLanes, TElement>(ref TElement M, ref float g, int count, Span<double> sums)
    {
        TLanes c0 = default, c1 = default, γ = default;
        for (nint i = 0; i < count; i += TLanes.Count)
        {
            var m = i + i / Tile.Length * Tile.Length;
            var gradient = TLanes.Load(ref g, i);
            c0 = TLanes.FusedMultiplyAdd(TElement.Load<TLanes>(ref M, m), gradient, c0);
            c1 = TLanes.FusedMultiplyAdd(TElement.Load<TLanes>(ref M, m + Tile.Length), gradient, c1);
            γ = TLanes.FusedMultiplyAdd(gradient, gradient, γ);
        }
        sums[0] += c0.Sum();
        sums[1] += c1.Sum();
        sums[2] += γ.Sum();
    }

    protected override void Advance<TLanes, TElement>(ref TElement M, ref float θ, ref float g, int count, in StepCoefficients step)
    {
        for (nint i = 0; i < count; i += TLanes.Count)
        {
            var m = i + i / Tile.Length * Tile.Length;
            var gradient = TLanes.Load(ref g, i) * TLanes.Create(step.GradientScale);
            var new0 = TLanes.FusedMultiplyAdd(TElement.Load<TLanes>(ref M, m), TLanes.Create(0.9f), gradient);
            var parameter = TLanes.Load(ref θ, i) * TLanes.Create(step.Decay);
            parameter = TLanes.FusedMultiplyAdd(new0, TLanes.Create(step.Law[0]), parameter);
            parameter = TLanes.FusedMultiplyAdd(gradient, TLanes.Create(step.Law[1]), parameter);
            TElement.Store(new0, ref M, m, step.Dither);
            TElement.Store(gradient, ref M, m + Tile.Length, step.Dither);
            parameter.Store(ref θ, i);
        }
    }

    protected override void ProjectAndAdvance<TLanes, TElement>(ref TElement M, ref float θ, ref float g, int count, in StepCoefficients step, Span<double> sums)
    {
        Project<TLanes, TElement>(ref M, ref g, count, sums);
        Advance<TLanes, TElement>(ref M, ref θ, ref g, count, step);
    }
}
