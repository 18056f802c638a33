namespace Shared.Learning;

/// <summary>What a network made of some samples; results of several batches can be added.</summary>
/// <param name="Samples">How many there were.</param>
/// <param name="LossSum">Sum of their cross-entropies, in nats.</param>
/// <param name="Correct">How many were classified correctly.</param>
internal readonly record struct BatchResult(int Samples, double LossSum, int Correct)
{
    /// <summary>Mean cross-entropy.</summary>
    public double Loss => LossSum / Samples;

    /// <summary>Share of correct samples, 0 to 1.</summary>
    public double Accuracy => (double)Correct / Samples;

    public static BatchResult operator +(BatchResult a, BatchResult b) =>
        new(a.Samples + b.Samples, a.LossSum + b.LossSum, a.Correct + b.Correct);
}
