using System.Runtime.Intrinsics;

namespace Rllc.Runtime.Tests.Cpu;

/// <summary>Any linear memory, by loops over its units: slow, and nothing like the emitted kernels.</summary>
internal sealed class AnyMemoryByHand : Optimizer
{
    private readonly SquareMatrix _B;

    public AnyMemoryByHand(LinearMemory memory, long length, OptimizerOptions? options = null) : this(memory, [length], options)
    {
    }

    public AnyMemoryByHand(LinearMemory memory, ReadOnlySpan<long> lengths, OptimizerOptions? options = null)
        : base(memory, lengths, options ?? new()) => _B = memory.RoundedToSingle().B;

    private int UnitCount => LinearMemory.UnitCount;

    protected override void Project<TElement>(ref TElement M, ref float g, int count, Span<double> sums)
    {
        for (var e = 0; e < count; e += Lanes.Count)
        {
            var gradient = Vector512.LoadUnsafe(ref g, (nuint)e);
            for (var unit = 0; unit < UnitCount; unit++)
                sums[unit] += Product(gradient, TElement.Load(ref M, Place(e, unit)));
            sums[UnitCount] += Product(gradient, gradient);
        }
    }

    protected override void Advance<TElement>(ref TElement M, ref float θ, ref float g, int count, in StepCoefficients step)
    {
        Span<Vector512<float>> old = stackalloc Vector512<float>[UnitCount];
        for (var e = 0; e < count; e += Lanes.Count)
        {
            var gradient = Vector512.LoadUnsafe(ref g, (nuint)e) * step.GradientScale;
            var parameter = Vector512.LoadUnsafe(ref θ, (nuint)e) * step.Decay;
            for (var unit = 0; unit < UnitCount; unit++)
                old[unit] = TElement.Load(ref M, Place(e, unit));
            for (var unit = 0; unit < UnitCount; unit++)
            {
                var value = gradient * (float)LinearMemory.a[unit];
                for (var source = 0; source < UnitCount; source++)
                    value += old[source] * (float)_B[source, unit];
                TElement.Store(value, ref M, Place(e, unit), step.Dither);
                parameter += step.Law[unit] * value;
            }
            parameter.StoreUnsafe(ref θ, (nuint)e);
        }
    }

    protected override void ProjectAndAdvance<TElement>(ref TElement M, ref float θ, ref float g, int count, in StepCoefficients step, Span<double> sums)
    {
        Project(ref M, ref g, count, sums);
        Advance(ref M, ref θ, ref g, count, step);
    }

    /// <summary>In float64.</summary>
    private static double Product(Vector512<float> x, Vector512<float> y)
    {
        var ((x0, x1), (y0, y1)) = (Vector512.Widen(x), Vector512.Widen(y));
        return Vector512.Sum(x0 * y0 + x1 * y1);
    }

    /// <summary>Where a tile has its elements of a unit.</summary>
    private nint Place(int element, int unit) => element * UnitCount + unit * Lanes.Count;
}
