namespace Rllc;

/// <summary>Tensors with a learning rate and a weight decay of their own; all else is that of all groups.</summary>
internal sealed class TensorGroup
{
    /// <summary>c₁.</summary>
    public double LearningRate { get; set; }

    /// <summary>Weight decay; where it is decoupled, in units of c₁.</summary>
    public double WeightDecay { get; set; }

    /// <summary>1 − c₁ · weight decay: what decoupled decay multiplies parameters with.</summary>
    public float Decay => (float)(1 - LearningRate * WeightDecay);
}
