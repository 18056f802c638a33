using System.ComponentModel;
using System.Globalization;

namespace Rllc;

/// <summary>What a class with [Adam] or [AdamW] declares; its kernel has the same numbers as constants.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record AdamFormula
{
    /// <summary>β₁.</summary>
    public required double Beta1 { get; init; }

    /// <summary>β₂.</summary>
    public required double Beta2 { get; init; }

    /// <summary>ε.</summary>
    public required double Epsilon { get; init; }

    /// <summary>Whether weight decay is decoupled from the gradient.</summary>
    public required bool IsDecoupled { get; init; }

    /// <summary>Numbers that are kept for each parameter: m and v.</summary>
    internal int UnitCount => 2;

    /// <summary>Their names in checkpoints.</summary>
    internal IEnumerable<string> UnitNames => ["m", "v"];

    /// <summary>The formula in words, by which checkpoints know their optimizer.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{(IsDecoupled ? "AdamW" : "Adam")}, β₁ = {Beta1}, β₂ = {Beta2}, ε = {Epsilon}");

    /// <summary>Refuses coefficients without a meaning.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A coefficient is out of its bounds.</exception>
    internal void Validate()
    {
        CheckBeta(Beta1, nameof(Beta1));
        CheckBeta(Beta2, nameof(Beta2));
        // Where v is 0 nothing else is divided by, and the padding of the memory is.
        if (!((float)Epsilon > 0 && float.IsFinite((float)Epsilon)))
            throw OptimizerOptionsValidation.OutOfRange(nameof(Epsilon), Epsilon, "finite and above 0 in float32");
    }

    private static void CheckBeta(double value, string name)
    {
        if (!(value >= 0 && value < 1))
            throw OptimizerOptionsValidation.OutOfRange(name, value, "at least 0 and below 1");
    }
}
