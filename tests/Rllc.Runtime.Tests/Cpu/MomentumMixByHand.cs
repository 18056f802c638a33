using System.Numerics;
using System.Runtime.CompilerServices;

namespace Rllc.Runtime.Tests.Cpu;

/// <summary>M(0.9) ⊕ M(0) as the generator would emit it.</summary>
internal sealed class MomentumMixByHand(long length, OptimizerOptions? options = null)
    : Optimizer(LinearMemory.Parse("M(0.9) ⊕ M(0)"), length, options ?? new())
{
    protected override void Project(ref float M, ref float g, int count, Span<double> sums)
    {
        ref var M1 = ref Unsafe.Add(ref M, ChunkLength);
        Vector<float> c0 = default, c1 = default, γ = default;
        for (nuint i = 0; i < (nuint)count; i += (nuint)Vector<float>.Count)
        {
            var gradient = Vector.LoadUnsafe(ref g, i);
            c0 = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref M, i), gradient, c0);
            c1 = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref M1, i), gradient, c1);
            γ = Vector.FusedMultiplyAdd(gradient, gradient, γ);
        }
        sums[0] += Vector.Sum(c0);
        sums[1] += Vector.Sum(c1);
        sums[2] += Vector.Sum(γ);
    }

    protected override void Advance(ref float M, ref float θ, ref float g, int count, in StepCoefficients step)
    {
        ref var M1 = ref Unsafe.Add(ref M, ChunkLength);
        for (nuint i = 0; i < (nuint)count; i += (nuint)Vector<float>.Count)
        {
            var gradient = Vector.LoadUnsafe(ref g, i) * step.GradientScale;
            var new0 = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref M, i), new(0.9f), gradient);
            var parameter = Vector.LoadUnsafe(ref θ, i) * step.Decay;
            parameter = Vector.FusedMultiplyAdd(new0, new(step.Law[0]), parameter);
            parameter = Vector.FusedMultiplyAdd(gradient, new(step.Law[1]), parameter);
            new0.StoreUnsafe(ref M, i);
            gradient.StoreUnsafe(ref M1, i);
            parameter.StoreUnsafe(ref θ, i);
        }
    }

    protected override void ProjectAndAdvance(ref float M, ref float θ, ref float g, int count, in StepCoefficients step, Span<double> sums)
    {
        Project(ref M, ref g, count, sums);
        Advance(ref M, ref θ, ref g, count, step);
    }
}
