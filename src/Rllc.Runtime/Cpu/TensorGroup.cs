namespace Rllc;

/// <summary>Tensors with a learning rate and a weight decay of their own; the law is that of all groups.</summary>
/// <param name="unitCount">k.</param>
internal sealed class TensorGroup(int unitCount)
{
    private readonly float[] _stepLaw = new float[unitCount];

    /// <summary>c₁.</summary>
    public double LearningRate { get; set; }

    /// <summary>Decoupled weight decay, in units of c₁.</summary>
    public double WeightDecay { get; set; }

    /// <summary>1 − c₁ · weight decay, of the step that has been prepared.</summary>
    public float Decay { get; private set; }

    /// <summary>−c₁L, of the step that has been prepared.</summary>
    public ReadOnlySpan<float> StepLaw => _stepLaw;

    /// <summary>Computes the factors of a step.</summary>
    /// <param name="L">The law.</param>
    public void Prepare(ReadOnlySpan<double> L)
    {
        Decay = (float)(1 - LearningRate * WeightDecay);
        for (var i = 0; i < _stepLaw.Length; i++)
            _stepLaw[i] = (float)(-LearningRate * L[i]);
    }
}
