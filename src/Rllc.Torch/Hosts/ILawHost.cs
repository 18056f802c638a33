namespace Rllc;

/// <summary>The law of parameters that share it.</summary>
internal interface ILawHost
{
    /// <inheritdoc cref="OptimizerOptions.LawLearningRate"/>
    double LawLearningRate { get; set; }

    /// <summary>L.</summary>
    ReadOnlySpan<double> LawCoefficients { get; }

    /// <summary>G = MᵀM.</summary>
    SquareMatrix Gram { get; }
}
