namespace Rllc;

/// <summary>What a user may change between the steps of any optimizer on a device: rates of groups, and the loss scale.</summary>
/// <param name="options">Validated options.</param>
/// <param name="tensorCount">Number of tensors, of one group at first.</param>
internal abstract class TensorSettings(TensorOptimizerOptions options, int tensorCount)
{
    private double _learningRate = options.LearningRate;
    private double _weightDecay = options.WeightDecay;
    private double _lossScale = options.LossScale;

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

    /// <inheritdoc cref="TensorOptimizerOptions.LossScale"/>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0, or not finite.</exception>
    public double LossScale
    {
        get => _lossScale;
        set => _lossScale = OptimizerOptionsValidation.AboveZero(value, nameof(LossScale));
    }

    /// <summary>Parts the tensors into groups, all of which begin with the rates of the options.</summary>
    /// <param name="groupOfTensor">Each tensor's group, from 0.</param>
    /// <param name="count">Number of groups, at least 1.</param>
    public void SetGroups(ReadOnlySpan<int> groupOfTensor, int count) => Rates = new(groupOfTensor, count, _learningRate, _weightDecay);

    /// <summary>Takes over rates and loss scale of other options; groups stay.</summary>
    /// <param name="options">Validated options.</param>
    private protected void ReplaceCommon(TensorOptimizerOptions options)
    {
        (_learningRate, _weightDecay, _lossScale) = (options.LearningRate, options.WeightDecay, options.LossScale);
        Rates.SetAll(_learningRate, _weightDecay);
    }
}
