namespace Rllc;

/// <summary>What a user may change between steps of a linear memory, and with it the settings that the coming step needs on the device.</summary>
/// <param name="options">Validated options.</param>
/// <param name="tensorCount">Number of tensors, of one group at first.</param>
/// <exception cref="NotSupportedException">The relaxation is the pseudo-inverse.</exception>
internal sealed class DeviceSettings(OptimizerOptions options, int tensorCount) : TensorSettings(options, tensorCount)
{
    private LawSettings _settings = LawSettings.From(options);
    private bool _isFixed = options.FixedLaw is not null;

    /// <inheritdoc cref="OptimizerOptions.LawLearningRate"/>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite, or not 0 though the law is fixed.</exception>
    public double LawLearningRate
    {
        get => _settings.LawLearningRate;
        set => _settings.LawLearningRate = OptimizerOptionsValidation.LawLearningRate(value, _isFixed);
    }

    /// <summary>Sees to it that there is a Gram matrix.</summary>
    /// <exception cref="InvalidOperationException">The law is fixed.</exception>
    public void RequireGram()
    {
        if (_isFixed)
            throw new InvalidOperationException("The law is fixed: no Gram matrix is computed.");
    }

    /// <summary>Takes over other options; groups stay, with those options' rates.</summary>
    /// <param name="options">Validated options.</param>
    /// <exception cref="NotSupportedException">The relaxation is the pseudo-inverse.</exception>
    public void Replace(OptimizerOptions options)
    {
        _settings = LawSettings.From(options);
        _isFixed = options.FixedLaw is not null;
        ReplaceCommon(options);
    }

    /// <summary>The settings of a step, for which the tensors' table gets its rates.</summary>
    /// <param name="tensors">Its tensors.</param>
    public LawSettings For(DeviceTensors tensors)
    {
        tensors.SetRates(Rates);
        return _settings with
        {
            LearningRate = Rates.HighestLearningRate,
            LossScale = LossScale,
            SomeHaveNoGradient = tensors.SomeHaveNoGradient ? 1 : 0,
        };
    }
}
