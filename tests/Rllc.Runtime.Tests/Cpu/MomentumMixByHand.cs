using System.Runtime.Intrinsics;

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

    protected override void Project<TElement>(ref TElement M, ref float g, int count, Span<double> sums)
    {
        Vector512<float> c0 = default, c1 = default, γ = default;
        for (nint i = 0, m = 0; i < count; i += Lanes.Count, m += 2 * Lanes.Count)
        {
            var gradient = Vector512.LoadUnsafe(ref g, (nuint)i);
            c0 = Vector512.FusedMultiplyAdd(TElement.Load(ref M, m), gradient, c0);
            c1 = Vector512.FusedMultiplyAdd(TElement.Load(ref M, m + Lanes.Count), gradient, c1);
            γ = Vector512.FusedMultiplyAdd(gradient, gradient, γ);
        }
        sums[0] += Lanes.Sum(c0);
        sums[1] += Lanes.Sum(c1);
        sums[2] += Lanes.Sum(γ);
    }

    protected override void Advance<TElement>(ref TElement M, ref float θ, ref float g, int count, in StepCoefficients step)
    {
        for (nint i = 0, m = 0; i < count; i += Lanes.Count, m += 2 * Lanes.Count)
        {
            var gradient = Vector512.LoadUnsafe(ref g, (nuint)i) * step.GradientScale;
            var new0 = Vector512.FusedMultiplyAdd(TElement.Load(ref M, m), Vector512.Create(0.9f), gradient);
            var parameter = Vector512.LoadUnsafe(ref θ, (nuint)i) * step.Decay;
            parameter = Vector512.FusedMultiplyAdd(new0, Vector512.Create(step.Law[0]), parameter);
            parameter = Vector512.FusedMultiplyAdd(gradient, Vector512.Create(step.Law[1]), parameter);
            TElement.Store(new0, ref M, m, step.Dither);
            TElement.Store(gradient, ref M, m + Lanes.Count, step.Dither);
            parameter.StoreUnsafe(ref θ, (nuint)i);
        }
    }

    protected override void ProjectAndAdvance<TElement>(ref TElement M, ref float θ, ref float g, int count, in StepCoefficients step, Span<double> sums)
    {
        Project(ref M, ref g, count, sums);
        Advance(ref M, ref θ, ref g, count, step);
    }
}
