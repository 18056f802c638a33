using static Rllc.MetadataText;

namespace Rllc;

/// <summary>What the checkpoint of every optimizer on the CPU says of its options.</summary>
internal static class OptionsMetadata
{
    /// <summary>The options that all optimizers have, as a checkpoint restores them; the others stay what they are.</summary>
    public static T ReadCommon<T>(IReadOnlyDictionary<string, string> metadata, T current) where T : TensorOptimizerOptions =>
        (T)((TensorOptimizerOptions)current with
        {
            LearningRate = Read<double>(metadata, "learning_rate"),
            WeightDecay = Read<double>(metadata, "weight_decay"),
            Maximize = ReadBoolean(metadata, "maximize"),
            MaxGradientNorm = Read<double>(metadata, "max_gradient_norm"),
            LossScale = Read<double>(metadata, "loss_scale"),
            SkipNonFinite = ReadBoolean(metadata, "skip_non_finite"),
        });

    /// <summary>Refuses options that an optimizer could not be made with.</summary>
    /// <exception cref="InvalidDataException">One is out of range, or they contradict each other.</exception>
    public static void Check<T>(T options, Action<T> validate)
    {
        try
        {
            validate(options);
        }
        catch (ArgumentException e)
        {
            throw SafetensorsHeader.Refuse($"has options out of range: {e.Message.TrimEnd('.')}", e);
        }
    }
}
