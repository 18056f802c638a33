using static System.FormattableString;

namespace Rllc;

/// <summary>What a class with [Adam], [AdamW], [RmsProp] or [Sgd] declares; its kernel has the same numbers as constants.</summary>
public sealed record MomentFormula
{
    private const int MostEntries = 1024;

    /// <summary>Which formula.</summary>
    public MomentKind Kind { get; init; }

    /// <summary>β₁, what m keeps of itself; of RMSprop and SGD μ, and without m 0.</summary>
    public required double Beta1 { get; init; }

    /// <summary>β₂, what v keeps of itself; of RMSprop α, and 0 where there is no v.</summary>
    public required double Beta2 { get; init; }

    /// <summary>ε; of no meaning where there is no v.</summary>
    public required double Epsilon { get; init; }

    /// <summary>Whether weight decay is decoupled from the gradient.</summary>
    public required bool IsDecoupled { get; init; }

    /// <summary>What the buffer holds.</summary>
    public CriticalKind Critical { get; init; }

    /// <summary>C, the number of its entries; 0 where there is none.</summary>
    public int Capacity { get; init; }

    /// <summary>What their priorities are multiplied with in every step.</summary>
    public double Decay { get; init; } = 1;

    /// <summary>Whether the buffer is that of the authors' program.</summary>
    public bool IsReference { get; init; }

    /// <summary>Numbers that are kept for each parameter: m and v, as far as there are, and where there is a buffer the sum of its entries and they themselves.</summary>
    internal int UnitCount => MomentCount + (Capacity == 0 ? 0 : 1 + Capacity);

    /// <summary>How many of them are m and v; the sum of the entries comes next.</summary>
    internal int MomentCount => Moments.Count();

    /// <summary>Their names in checkpoints.</summary>
    internal IEnumerable<string> UnitNames => Capacity == 0
        ? Moments
        : [.. Moments, "sum", .. Enumerable.Range(0, Capacity).Select(entry => Invariant($"critical_{entry}"))];

    /// <summary>The formula in words, by which checkpoints know their optimizer.</summary>
    public override string ToString() => Kind switch
    {
        MomentKind.RmsProp => Invariant($"RMSprop, α = {Beta2}, ε = {Epsilon}, μ = {Beta1}{Buffer}"),
        MomentKind.Sgd => Invariant($"SGD, μ = {Beta1}{Buffer}"),
        _ => Invariant($"{(IsDecoupled ? "AdamW" : "Adam")}, β₁ = {Beta1}, β₂ = {Beta2}, ε = {Epsilon}{Buffer}"),
    };

    private IEnumerable<string> Moments => (Kind == MomentKind.Adam || Beta1 != 0, Kind != MomentKind.Sgd) switch
    {
        (true, true) => ["m", "v"],
        (true, false) => ["m"],
        (false, true) => ["v"],
        _ => [],
    };

    private string Buffer => Capacity == 0 ? "" : Invariant(
        $", {Capacity} critical {(Critical == CriticalKind.Momenta ? "momenta" : "gradients")} decaying by {Decay}{(IsReference ? ", as in the authors' program" : "")}");

    /// <summary>Refuses coefficients without a meaning.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A coefficient is out of its bounds.</exception>
    internal void Validate()
    {
        CheckBeta(Beta1, nameof(Beta1));
        CheckBeta(Beta2, nameof(Beta2));
        // Where v is 0 nothing else is divided by, and the padding of the memory is.
        if (Kind != MomentKind.Sgd && !((float)Epsilon > 0 && float.IsFinite((float)Epsilon)))
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
