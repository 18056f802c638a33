namespace Rllc;

public abstract partial class TensorOptimizer
{
    private TensorGroup[] _groups;
    private int[] _groupOfTensor;

    /// <summary>Parts the tensors into groups, all of which begin with the options' learning rate and weight decay.</summary>
    /// <param name="groupOfTensor">Each tensor's group, from 0.</param>
    /// <param name="count">Number of groups.</param>
    internal void SetGroups(ReadOnlySpan<int> groupOfTensor, int count)
    {
        _groupOfTensor = groupOfTensor.ToArray();
        _groups = NewGroups(count);
    }

    /// <summary>Sets what a group's tensors are moved with, from the coming step on.</summary>
    /// <param name="group">Which group.</param>
    /// <param name="learningRate">c₁; at least 0.</param>
    /// <param name="weightDecay">Weight decay; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite.</exception>
    internal void SetRates(int group, double learningRate, double weightDecay)
    {
        OptimizerOptionsValidation.AtLeastZero(weightDecay, nameof(TensorOptimizerOptions.WeightDecay));
        _groups[group].LearningRate = OptimizerOptionsValidation.AtLeastZero(learningRate, nameof(LearningRate));
        _groups[group].WeightDecay = weightDecay;
    }

    /// <summary>All groups.</summary>
    private protected ReadOnlySpan<TensorGroup> Groups => _groups;

    /// <summary>The number of a tensor's group.</summary>
    private protected int GroupOf(int tensor) => _groupOfTensor[tensor];

    private TensorGroup[] NewGroups(int count)
    {
        var groups = new TensorGroup[count];
        for (var i = 0; i < count; i++)
            groups[i] = new() { LearningRate = CommonOptions.LearningRate, WeightDecay = CommonOptions.WeightDecay };
        return groups;
    }
}
