using System.Diagnostics;

namespace Rllc.Torch.Benchmarks;

/// <summary>Times of contenders that took turns, so that what disturbs one disturbs all.</summary>
internal sealed class Measurement
{
    private readonly double[][] _milliseconds;

    private Measurement(double[][] milliseconds, double[] allocatedBytes) => (_milliseconds, AllocatedBytes) = (milliseconds, allocatedBytes);

    /// <summary>Managed bytes per step, by contender.</summary>
    public double[] AllocatedBytes { get; }

    /// <summary>Measures.</summary>
    /// <param name="contenders">Who.</param>
    /// <param name="rounds">How often each takes its turn.</param>
    /// <param name="steps">Steps of a turn, of which the first is not measured: it finds the caches full of another's numbers.</param>
    public static Measurement Of(IReadOnlyList<Contender> contenders, int rounds, int steps)
    {
        var milliseconds = contenders.Select(_ => new double[rounds]).ToArray();
        var bytes = new double[contenders.Count];
        for (var round = 0; round < rounds; round++)
            for (var i = 0; i < contenders.Count; i++)
            {
                contenders[i].Step();
                var (before, began) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
                for (var step = 1; step < steps; step++)
                    contenders[i].Step();
                milliseconds[i][round] = Stopwatch.GetElapsedTime(began).TotalMilliseconds / (steps - 1);
                bytes[i] = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)(steps - 1);
            }
        return new(milliseconds, bytes);
    }

    /// <summary>A quantile of a contender's milliseconds per step.</summary>
    public double Milliseconds(int contender, double quantile) => Quantile(_milliseconds[contender], quantile);

    /// <summary>A quantile of the ratios, round by round, of one contender's time to another's.</summary>
    public double Ratio(int contender, int to, double quantile) =>
        Quantile([.. _milliseconds[contender].Zip(_milliseconds[to], (time, other) => time / other)], quantile);

    private static double Quantile(double[] values, double quantile) => values.Order().ElementAt((int)(quantile * (values.Length - 1)));
}
