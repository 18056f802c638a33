using System.Runtime.CompilerServices;

namespace Rllc.Runtime.Tests.Cpu;

/// <summary>Any linear memory, element by element: slow, and nothing like the emitted kernels. In float32 only.</summary>
internal sealed class AnyMemoryByHand(LinearMemory memory, long length, OptimizerOptions? options = null)
    : Optimizer(memory, length, options ?? new())
{
    private readonly SquareMatrix _B = memory.RoundedToSingle().B;

    private int UnitCount => LinearMemory.UnitCount;

    protected override void Project<TLanes, TElement>(ref TElement M, ref float g, int count, Span<double> sums)
    {
        for (var e = 0; e < count; e++)
        {
            var gradient = (double)Unsafe.Add(ref g, e);
            for (var unit = 0; unit < UnitCount; unit++)
                sums[unit] += gradient * Number(ref M, e, unit);
            sums[UnitCount] += gradient * gradient;
        }
    }

    protected override void Advance<TLanes, TElement>(ref TElement M, ref float θ, ref float g, int count, in StepCoefficients step)
    {
        var old = new float[UnitCount];
        for (var e = 0; e < count; e++)
        {
            var gradient = Unsafe.Add(ref g, e) * step.GradientScale;
            ref var parameter = ref Unsafe.Add(ref θ, e);
            parameter *= step.Decay;
            for (var unit = 0; unit < UnitCount; unit++)
                old[unit] = Number(ref M, e, unit);
            for (var unit = 0; unit < UnitCount; unit++)
            {
                var value = gradient * (float)LinearMemory.a[unit];
                for (var source = 0; source < UnitCount; source++)
                    value += old[source] * (float)_B[source, unit];
                Number(ref M, e, unit) = value;
                parameter += step.Law[unit] * value;
            }
        }
    }

    protected override void ProjectAndAdvance<TLanes, TElement>(ref TElement M, ref float θ, ref float g, int count, in StepCoefficients step, Span<double> sums)
    {
        Project<TLanes, TElement>(ref M, ref g, count, sums);
        Advance<TLanes, TElement>(ref M, ref θ, ref g, count, step);
    }

    private ref float Number<TElement>(ref TElement M, int element, int unit)
    {
        var (tile, lane) = Math.DivRem(element, Tile.Length);
        return ref Unsafe.Add(ref Unsafe.As<TElement, float>(ref M), (tile * UnitCount + unit) * Tile.Length + lane);
    }
}
