using static Rllc.MetadataText;

namespace Rllc;

/// <summary>
/// What the checkpoint of an Adam says in strings besides: step counts and the options that the next step depends on.
/// docs/checkpoints.md lists the keys.
/// </summary>
internal static class MomentMetadata
{
    /// <summary>Step counts, priorities and options.</summary>
    public static List<KeyValuePair<string, string>> Describe(long stepCount, ReadOnlySpan<long> steps, CriticalKeys keys, MomentOptions options) =>
    [
        new("step", Print(stepCount)),
        new("steps", Print(steps)),
        new("critical_keys", Print<double>(keys.All)),
        new("learning_rate", Print(options.LearningRate)),
        new("weight_decay", Print(options.WeightDecay)),
        new("maximize", Print(options.Maximize)),
        new("max_gradient_norm", Print(options.MaxGradientNorm)),
        new("loss_scale", Print(options.LossScale)),
        new("skip_non_finite", Print(options.SkipNonFinite)),
    ];

    /// <summary>Refuses to write what could not be loaded.</summary>
    /// <exception cref="InvalidOperationException">The run has diverged.</exception>
    public static void CheckIsFinite(CriticalKeys keys)
    {
        if (!keys.IsFinite)
            throw new InvalidOperationException("The run has diverged: a priority in its buffer is not finite. No checkpoint is written; the last one is still good.");
    }

    /// <summary>The options that a checkpoint restores; the threads stay the optimizer's own.</summary>
    public static MomentOptions ReadOptions(IReadOnlyDictionary<string, string> metadata, MomentOptions current, Action<MomentOptions> validate)
    {
        var options = OptionsMetadata.ReadCommon(metadata, current);
        OptionsMetadata.Check(options, validate);
        return options;
    }

    /// <summary>Number of steps applied, and those in which each tensor had a gradient.</summary>
    public static (long StepCount, long[] Steps) ReadSteps(IReadOnlyDictionary<string, string> metadata, int tensorCount)
    {
        var stepCount = Read<long>(metadata, "step");
        if (stepCount < 0)
            throw Unreadable("step", metadata["step"]);
        var steps = ReadVector<long>(metadata, "steps", tensorCount);
        if (steps.Any(count => count < 0 || count > stepCount))
            throw Unreadable("steps", metadata["steps"]);
        return (stepCount, steps);
    }

    /// <summary>The priorities of the entries in the buffer.</summary>
    public static double[] ReadKeys(IReadOnlyDictionary<string, string> metadata, CriticalKeys current)
    {
        var keys = ReadVector<double>(metadata, "critical_keys", current.All.Length);
        return keys.All(key => double.IsFinite(key) && key >= 0) ? keys : throw Unreadable("critical_keys", metadata["critical_keys"]);
    }
}
