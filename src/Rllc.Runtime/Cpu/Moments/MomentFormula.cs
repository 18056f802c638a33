using System.ComponentModel;
using System.Globalization;

namespace Rllc;

/// <summary>What a class with [Adam] or [AdamW] declares; its kernel has the same numbers as constants.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record MomentFormula
{
    private const int MostEntries = 1024;

    /// <summary>β₁.</summary>
    public required double Beta1 { get; init; }

    /// <summary>β₂.</summary>
    public required double Beta2 { get; init; }

    /// <summary>ε.</summary>
    public required double Epsilon { get; init; }

    /// <summary>Whether weight decay is decoupled from the gradient.</summary>
    public required bool IsDecoupled { get; init; }

    /// <summary>What the buffer holds.</summary>
    public CriticalKind Critical { get; init; }

    /// <summary>C, the number of its entries; 0 where there is none.</summary>
    public int Capacity { get; init; }

    /// <summary>What their priorities are multiplied with in every step.</summary>
    public double Decay { get; init; } = 1;

    /// <summary>Numbers that are kept for each parameter: m and v, and where there is a buffer the sum of its entries and they themselves.</summary>
    internal int UnitCount => Capacity == 0 ? 2 : 3 + Capacity;

    /// <summary>Their names in checkpoints.</summary>
    internal IEnumerable<string> UnitNames => Capacity == 0
        ? ["m", "v"]
        : ["m", "v", "sum", .. Enumerable.Range(0, Capacity).Select(entry => FormattableString.Invariant($"critical_{entry}"))];

    /// <summary>The formula in words, by which checkpoints know their optimizer.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{(IsDecoupled ? "AdamW" : "Adam")}, β₁ = {Beta1}, β₂ = {Beta2}, ε = {Epsilon}{Buffer}");

    private string Buffer => Capacity == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
        $", {Capacity} critical {(Critical == CriticalKind.Momenta ? "momenta" : "gradients")} decaying by {Decay}");

    /// <summary>Refuses coefficients without a meaning.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A coefficient is out of its bounds.</exception>
    internal void Validate()
    {
        CheckBeta(Beta1, nameof(Beta1));
        CheckBeta(Beta2, nameof(Beta2));
        // Where v is 0 nothing else is divided by, and the padding of the memory is.
        if (!((float)Epsilon > 0 && float.IsFinite((float)Epsilon)))
            throw OptimizerOptionsValidation.OutOfRange(nameof(Epsilon), Epsilon, "finite and above 0 in float32");
        if (Capacity is < 0 or > MostEntries)
            throw OptimizerOptionsValidation.OutOfRange(nameof(Capacity), Capacity, "0 to 1024");
        if (Critical == CriticalKind.None && Capacity > 0)
            throw OptimizerOptionsValidation.OutOfRange(nameof(Capacity), Capacity, "0 where there is no buffer");
        if (!(Decay > 0 && Decay <= 1))
            throw OptimizerOptionsValidation.OutOfRange(nameof(Decay), Decay, "above 0 and at most 1");
    }

    private static void CheckBeta(double value, string name)
    {
        if (!(value >= 0 && value < 1))
            throw OptimizerOptionsValidation.OutOfRange(name, value, "at least 0 and below 1");
    }
}
