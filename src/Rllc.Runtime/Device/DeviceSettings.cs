namespace Rllc;

/// <summary>What a user may change between steps, and with it the settings that the coming step needs on the device.</summary>
/// <param name="options">Validated options.</param>
/// <exception cref="NotSupportedException">The relaxation is the pseudo-inverse.</exception>
internal sealed class DeviceSettings(OptimizerOptions options)
{
    private LawSettings _settings = LawSettings.From(options);

    /// <inheritdoc cref="OptimizerOptions.LearningRate"/>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double LearningRate
    {
        get => _settings.LearningRate;
        set => _settings.LearningRate = OptimizerOptionsValidation.AtLeastZero(value, nameof(LearningRate));
    }

    /// <inheritdoc cref="OptimizerOptions.LawLearningRate"/>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double LawLearningRate
    {
        get => _settings.LawLearningRate;
        set => _settings.LawLearningRate = OptimizerOptionsValidation.AtLeastZero(value, nameof(LawLearningRate));
    }

    /// <inheritdoc cref="OptimizerOptions.LossScale"/>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0, or not finite.</exception>
    public double LossScale
    {
        get => _settings.LossScale;
        set => _settings.LossScale = OptimizerOptionsValidation.AboveZero(value, nameof(LossScale));
    }

    /// <summary>The settings of a step.</summary>
    /// <param name="tensors">Its tensors.</param>
    public LawSettings For(DeviceTensors tensors) => _settings with { SomeHaveNoGradient = tensors.SomeHaveNoGradient ? 1 : 0 };
}
