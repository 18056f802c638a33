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

    protected override void Project<TLanes, TElement>(ref TElement M, ref float g, int count, Span<double> sums)
    {
        for (nint e = 0; e < count; e += TLanes.Count)
        {
            var gradient = TLanes.Load(ref g, e);
            for (var unit = 0; unit < UnitCount; unit++)
                sums[unit] += Product(gradient, TElement.Load<TLanes>(ref M, Place(e, unit)));
            sums[UnitCount] += Product(gradient, gradient);
        }
    }

    protected override void Advance<TLanes, TElement>(ref TElement M, ref float θ, ref float g, int count, in StepCoefficients step)
    {
        Span<TLanes> old = new TLanes[UnitCount];
        for (nint e = 0; e < count; e += TLanes.Count)
        {
            var gradient = TLanes.Load(ref g, e) * TLanes.Create(step.GradientScale);
            var parameter = TLanes.Load(ref θ, e) * TLanes.Create(step.Decay);
            for (var unit = 0; unit < UnitCount; unit++)
                old[unit] = TElement.Load<TLanes>(ref M, Place(e, unit));
            for (var unit = 0; unit < UnitCount; unit++)
            {
                var value = gradient * TLanes.Create((float)LinearMemory.a[unit]);
                for (var source = 0; source < UnitCount; source++)
                    value += old[source] * TLanes.Create((float)_B[source, unit]);
                TElement.Store(value, ref M, Place(e, unit), step.Dither);
                parameter += TLanes.Create(step.Law[unit]) * value;
            }
            parameter.Store(ref θ, e);
        }
    }

    protected override void ProjectAndAdvance<TLanes, TElement>(ref TElement M, ref float θ, ref float g, int count, in StepCoefficients step, Span<double> sums)
    {
        Project<TLanes, TElement>(ref M, ref g, count, sums);
        Advance<TLanes, TElement>(ref M, ref θ, ref g, count, step);
    }

    /// <summary>In float64.</summary>
    private static double Product<TLanes>(TLanes x, TLanes y) where TLanes : struct, ILanes<TLanes>
    {
        Span<float> xs = stackalloc float[Tile.Length];
        Span<float> ys = stackalloc float[Tile.Length];
        x.Store(ref xs[0], 0);
        y.Store(ref ys[0], 0);
        var sum = 0.0;
        for (var lane = 0; lane < TLanes.Count; lane++)
            sum += (double)xs[lane] * ys[lane];
        return sum;
    }

    /// <summary>Where M has an element of a unit.</summary>
    private nint Place(nint element, int unit) =>
        element / Tile.Length * Tile.Length * UnitCount + unit * Tile.Length + element % Tile.Length;
}
