namespace Rllc;

/// <summary>What a user may change between steps, and with it the settings that the coming step needs on the device.</summary>
/// <param name="options">Validated options.</param>
/// <param name="tensorCount">Number of tensors, of one group at first.</param>
/// <exception cref="NotSupportedException">The relaxation is the pseudo-inverse.</exception>
internal sealed class DeviceSettings(OptimizerOptions options, int tensorCount)
{
    private LawSettings _settings = LawSettings.From(options);
    private double _learningRate = options.LearningRate;
    private double _weightDecay = options.WeightDecay;
    private bool _isFixed = options.FixedLaw is not null;

    /// <summary>What the tensors are moved with.</summary>
    public TensorRates Rates { get; private set; } = new(new int[tensorCount], count: 1, options.LearningRate, options.WeightDecay);

    /// <inheritdoc cref="TensorOptimizerOptions.LearningRate"/>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double LearningRate
    {
        get => _learningRate;
        set
        {
            Rates.SetAll(value);
            _learningRate = value;
        }
    }

    /// <inheritdoc cref="OptimizerOptions.LawLearningRate"/>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite, or not 0 though the law is fixed.</exception>
    public double LawLearningRate
    {
        get => _settings.LawLearningRate;
        set => _settings.LawLearningRate = OptimizerOptionsValidation.LawLearningRate(value, _isFixed);
    }

    /// <inheritdoc cref="TensorOptimizerOptions.LossScale"/>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0, or not finite.</exception>
    public double LossScale
    {
        get => _settings.LossScale;
        set => _settings.LossScale = OptimizerOptionsValidation.AboveZero(value, nameof(LossScale));
    }

    /// <summary>Sees to it that there is a Gram matrix.</summary>
    /// <exception cref="InvalidOperationException">The law is fixed.</exception>
    public void RequireGram()
    {
        if (_isFixed)
            throw new InvalidOperationException("The law is fixed: no Gram matrix is computed.");
    }

    /// <summary>Parts the tensors into groups, all of which begin with the rates of the options.</summary>
    /// <param name="groupOfTensor">Each tensor's group, from 0.</param>
    /// <param name="count">Number of groups, at least 1.</param>
    public void SetGroups(ReadOnlySpan<int> groupOfTensor, int count) => Rates = new(groupOfTensor, count, _learningRate, _weightDecay);

    /// <summary>Takes over other options; groups stay, with those options' rates.</summary>
    /// <param name="options">Validated options.</param>
    /// <exception cref="NotSupportedException">The relaxation is the pseudo-inverse.</exception>
    public void Replace(OptimizerOptions options)
    {
        _settings = LawSettings.From(options);
        _isFixed = options.FixedLaw is not null;
        (_learningRate, _weightDecay) = (options.LearningRate, options.WeightDecay);
        Rates.SetAll(_learningRate, _weightDecay);
    }

    /// <summary>The settings of a step, for which the tensors' table gets its rates.</summary>
    /// <param name="tensors">Its tensors.</param>
    public LawSettings For(DeviceTensors tensors)
    {
        tensors.SetRates(Rates);
        return _settings with { LearningRate = Rates.HighestLearningRate, SomeHaveNoGradient = tensors.SomeHaveNoGradient ? 1 : 0 };
    }
}
