using static Rllc.MetadataText;

namespace Rllc;

/// <summary>
/// What the checkpoint of a linear memory says in strings besides: the law in float64 to the last bit, and the options that the next
/// step depends on. docs/checkpoints.md lists the keys.
/// </summary>
internal static class LawMetadata
{
    /// <summary>Sees to it that a law can be loaded again.</summary>
    /// <exception cref="InvalidOperationException">The law or the Gram matrix is not finite: the run has diverged.</exception>
    public static void CheckIsFinite(LawState law)
    {
        if (!law.IsFinite)
            throw new InvalidOperationException("The run has diverged: its law or Gram matrix is not finite. No checkpoint is written; the last one is still good.");
    }

    /// <summary>Law and options.</summary>
    public static List<KeyValuePair<string, string>> Describe(LawState law, OptimizerOptions options) =>
    [
        new("step", Print(law.Step)),
        new("law", Print(law.L)),
        new("gram", Print(law.G)),
        new("pending", Print(law.Pending)),
        new("gram_due", Print(law.RefreshRequested)),
        new("learning_rate", Print(options.LearningRate)),
        new("law_learning_rate", Print(options.LawLearningRate)),
        new("relaxation", options.Relaxation.ToString()),
        new("epsilon", Print(options.Epsilon)),
        new("timing", options.Timing.ToString()),
        new("law_interval", Print(options.LawInterval)),
        new("hold_corrections", Print(options.HoldCorrections)),
        new("weight_decay", Print(options.WeightDecay)),
        new("maximize", Print(options.Maximize)),
        new("max_gradient_norm", Print(options.MaxGradientNorm)),
        new("loss_scale", Print(options.LossScale)),
        new("skip_non_finite", Print(options.SkipNonFinite)),
    ];

    /// <summary>
    /// The options that a checkpoint restores; those that it does not hold, the threads and the initial law, stay the
    /// optimizer's own.
    /// </summary>
    public static OptimizerOptions ReadOptions(IReadOnlyDictionary<string, string> metadata, OptimizerOptions current, int unitCount)
    {
        var options = OptionsMetadata.ReadCommon(metadata, current) with
        {
            LawLearningRate = Read<double>(metadata, "law_learning_rate"),
            Relaxation = ReadEnum<Relaxation>(metadata, "relaxation"),
            Epsilon = Read<double>(metadata, "epsilon"),
            Timing = ReadEnum<LawTiming>(metadata, "timing"),
            LawInterval = Read<int>(metadata, "law_interval"),
            HoldCorrections = Read<int>(metadata, "hold_corrections"),
        };
        OptionsMetadata.Check(options, read => read.Validate(unitCount));
        if (options.FixedLaw is { } law && ReadVector<double>(metadata, "law", unitCount) is var found && !found.SequenceEqual(law))
            throw SafetensorsHeader.Refuse($"is of another law: it holds {Print<double>(found)}, the optimizer's is fixed at {Print<double>(law)}");
        return options;
    }

    /// <summary>Fills a new law, which nothing else knows yet, with that of the checkpoint.</summary>
    public static void ReadLaw(IReadOnlyDictionary<string, string> metadata, LawState law)
    {
        var step = Read<long>(metadata, "step");
        if (step < 0)
            throw Unreadable("step", metadata["step"]);
        var k = law.UnitCount;
        law.Restore(step, ReadVector<double>(metadata, "law", k), ReadVector<double>(metadata, "gram", k * k), ReadVector<double>(metadata, "pending", k));
        if (ReadBoolean(metadata, "gram_due"))
            law.RequestExactGram();
        if (!law.IsFinite)
            throw SafetensorsHeader.Refuse($"holds a law or a Gram matrix that is not finite");
    }

    /// <summary>The canonical spec; for a linear memory without one its matrices; for any other what it says of itself.</summary>
    public static string Identity(MemoryRule memory) => memory is LinearMemory linear
        ? linear.Spec?.ToString() ?? $"B = {Print(linear.B.ToRowMajor())}, a = {Print(linear.a.AsSpan())}"
        : memory.ToString()!;
}
