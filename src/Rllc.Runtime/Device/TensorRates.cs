namespace Rllc;

/// <summary>
/// Learning rates and weight decay of groups of tensors, as a device's kernels take them. Nothing is allocated after the groups are made.
/// </summary>
internal sealed class TensorRates
{
    private readonly int[] _groupOfTensor;
    private readonly double[] _learningRates;
    private readonly double[] _weightDecays;

    /// <summary>Groups which all begin with the same rates.</summary>
    /// <param name="groupOfTensor">Each tensor's group, from 0.</param>
    /// <param name="count">Number of groups, at least 1.</param>
    /// <param name="learningRate">c₁.</param>
    /// <param name="weightDecay">Decoupled weight decay.</param>
    public TensorRates(ReadOnlySpan<int> groupOfTensor, int count, double learningRate, double weightDecay)
    {
        _groupOfTensor = groupOfTensor.ToArray();
        (_learningRates, _weightDecays) = (new double[count], new double[count]);
        SetAll(learningRate, weightDecay);
    }

    /// <summary>The highest c₁.</summary>
    public double HighestLearningRate { get; private set; }

    /// <summary>Sets what every group's tensors are moved with.</summary>
    /// <param name="learningRate">c₁.</param>
    /// <param name="weightDecay">Decoupled weight decay; null leaves each group its own.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite.</exception>
    public void SetAll(double learningRate, double? weightDecay = null)
    {
        for (var group = 0; group < _learningRates.Length; group++)
            Set(group, learningRate, weightDecay ?? _weightDecays[group]);
    }

    /// <summary>Sets what a group's tensors are moved with.</summary>
    /// <inheritdoc cref="SetAll"/>
    /// <param name="group">Which group.</param>
    /// <param name="learningRate">c₁.</param>
    /// <param name="weightDecay">Decoupled weight decay.</param>
    public void Set(int group, double learningRate, double weightDecay)
    {
        OptimizerOptionsValidation.AtLeastZero(weightDecay, nameof(OptimizerOptions.WeightDecay));
        _learningRates[group] = OptimizerOptionsValidation.AtLeastZero(learningRate, nameof(OptimizerOptions.LearningRate));
        _weightDecays[group] = weightDecay;
        HighestLearningRate = 0;
        foreach (var rate in _learningRates)
            HighestLearningRate = Math.Max(HighestLearningRate, rate);
    }

    /// <summary>
    /// A tensor's entry of the kernels' table with its rates, under a law: the law's part of a step knows the highest learning rate alone,
    /// and each tensor its share of that.
    /// </summary>
    /// <param name="tensor">Which tensor.</param>
    /// <param name="entry">The entry.</param>
    public DeviceTensor ApplyTo(int tensor, DeviceTensor entry)
    {
        var group = _groupOfTensor[tensor];
        var learningRate = _learningRates[group];
        // Where all are 0, so is −c₁L, whatever it is multiplied with.
        entry.Rate = learningRate == HighestLearningRate ? 1 : (float)(learningRate / HighestLearningRate);
        entry.Decay = (float)(1 - learningRate * _weightDecays[group]);
        return entry;
    }

    /// <summary>A tensor's entry of the kernels' table with its rates as they are.</summary>
    /// <inheritdoc cref="ApplyTo"/>
    public DeviceTensor ApplyPlainTo(int tensor, DeviceTensor entry)
    {
        var group = _groupOfTensor[tensor];
        (entry.Rate, entry.Decay, entry.Group) = ((float)_learningRates[group], (float)_weightDecays[group], group);
        return entry;
    }
}
