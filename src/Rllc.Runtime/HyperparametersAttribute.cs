namespace Rllc;

/// <summary>
/// Declares the defaults of an optimizer's hyperparameters, checked at compile time. What is not named keeps the default
/// of <see cref="OptimizerOptions"/>; every one can still be set when the optimizer is constructed.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class HyperparametersAttribute : Attribute
{
    /// <inheritdoc cref="TensorOptimizerOptions.LearningRate"/>
    public double LearningRate { get; set; }

    /// <inheritdoc cref="OptimizerOptions.LawLearningRate"/>
    public double LawLearningRate { get; set; }

    /// <inheritdoc cref="OptimizerOptions.InitialLaw"/>
    public double[]? InitialLaw { get; set; }

    /// <inheritdoc cref="OptimizerOptions.Relaxation"/>
    public Relaxation Relaxation { get; set; }

    /// <inheritdoc cref="OptimizerOptions.Epsilon"/>
    public double Epsilon { get; set; }

    /// <inheritdoc cref="OptimizerOptions.Timing"/>
    public LawTiming Timing { get; set; }

    /// <inheritdoc cref="OptimizerOptions.LawInterval"/>
    public int LawInterval { get; set; }

    /// <inheritdoc cref="OptimizerOptions.HoldCorrections"/>
    public int HoldCorrections { get; set; }

    /// <inheritdoc cref="TensorOptimizerOptions.WeightDecay"/>
    public double WeightDecay { get; set; }

    /// <inheritdoc cref="TensorOptimizerOptions.Maximize"/>
    public bool Maximize { get; set; }

    /// <inheritdoc cref="TensorOptimizerOptions.MaxGradientNorm"/>
    public double MaxGradientNorm { get; set; }

    /// <inheritdoc cref="TensorOptimizerOptions.SkipNonFinite"/>
    public bool SkipNonFinite { get; set; }

    /// <inheritdoc cref="TensorOptimizerOptions.MemoryFormat"/>
    public MemoryFormat MemoryFormat { get; set; }
}
