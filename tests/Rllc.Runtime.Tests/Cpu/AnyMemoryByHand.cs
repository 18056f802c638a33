using System.Runtime.CompilerServices;

namespace Rllc.Runtime.Tests.Cpu;

/// <summary>Any linear memory, element by element: slow, and nothing like the emitted kernels.</summary>
internal sealed class AnyMemoryByHand(LinearMemory memory, long length, OptimizerOptions? options = null)
    : Optimizer(memory, length, options ?? new())
{
    private readonly SquareMatrix _B = memory.RoundedToSingle().B;

    private int UnitCount => LinearMemory.UnitCount;

    protected override void Project(ref float M, ref float g, int count, Span<double> sums)
    {
        for (var unit = 0; unit < UnitCount; unit++)
            sums[unit] += Dot(ref Unsafe.Add(ref M, unit * ChunkLength), ref g, count);
        sums[UnitCount] += Dot(ref g, ref g, count);
    }

    protected override void Advance(ref float M, ref float θ, ref float g, int count, in StepCoefficients step)
    {
        var old = new float[UnitCount];
        for (var e = 0; e < count; e++)
        {
            var gradient = Unsafe.Add(ref g, e) * step.GradientScale;
            ref var parameter = ref Unsafe.Add(ref θ, e);
            parameter *= step.Decay;
            for (var unit = 0; unit < UnitCount; unit++)
                old[unit] = Unsafe.Add(ref M, unit * ChunkLength + e);
            for (var unit = 0; unit < UnitCount; unit++)
            {
                var value = gradient * (float)LinearMemory.a[unit];
                for (var source = 0; source < UnitCount; source++)
                    value += old[source] * (float)_B[source, unit];
                Unsafe.Add(ref M, unit * ChunkLength + e) = value;
                parameter += step.Law[unit] * value;
            }
        }
    }

    protected override void ProjectAndAdvance(ref float M, ref float θ, ref float g, int count, in StepCoefficients step, Span<double> sums)
    {
        Project(ref M, ref g, count, sums);
        Advance(ref M, ref θ, ref g, count, step);
    }

    private static double Dot(ref float x, ref float y, int count)
    {
        var sum = 0.0;
        for (var e = 0; e < count; e++)
            sum += Unsafe.Add(ref x, e) * (double)Unsafe.Add(ref y, e);
        return sum;
    }
}
