namespace Rllc;

/// <summary>A law as a device keeps it between two steps: with M, all of the past that the next step depends on.</summary>
/// <param name="Counters">Steps, and whether G is to be computed afresh.</param>
/// <param name="L">The law, k coefficients.</param>
/// <param name="G">The Gram matrix MᵀM, k×k, row by row.</param>
/// <param name="Pending">Delayed timing's correction from the last step, still without c₂; k coefficients.</param>
internal sealed record DeviceLawState(LawCounters Counters, double[] L, double[] G, double[] Pending)
{
    /// <summary>A copy of the CPU's law, of which no step was skipped.</summary>
    public static DeviceLawState Of(LawState law) => new(
        new() { Step = law.Step, GramRequested = law.RefreshRequested ? 1 : 0 }, [.. law.L], [.. law.G], [.. law.Pending]);

    /// <summary>The CPU's law in this state.</summary>
    /// <param name="memory">B and a, with as many units.</param>
    /// <param name="options">Validated options.</param>
    public LawState ToLaw(MemoryRule memory, OptimizerOptions options)
    {
        var law = LawState.Of(memory, options);
        law.Restore(Counters.Step, L, G, Pending);
        if (Counters.GramRequested != 0)
            law.RequestExactGram();
        return law;
    }
}
