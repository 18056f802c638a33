namespace Rllc;

/// <summary>The learning law L of one unit that stores the last learning step, one number, on any host.</summary>
internal sealed class RetrospectiveLaw
{
    private double _learningRate;
    private double _epsilon;

    /// <summary>A law of 1.</summary>
    /// <param name="options">How it learns.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its bounds.</exception>
    public RetrospectiveLaw(RetrospectiveOptions options)
    {
        LearningRate = options.LawLearningRate;
        Epsilon = options.Epsilon;
    }

    /// <summary>L.</summary>
    public double L { get; set; } = 1;

    /// <summary>ε.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double Epsilon
    {
        get => _epsilon;
        set => _epsilon = OptimizerOptionsValidation.AtLeastZero(value, nameof(RetrospectiveOptions.Epsilon));
    }

    /// <summary>c₂.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double LearningRate
    {
        get => _learningRate;
        set => _learningRate = OptimizerOptionsValidation.AtLeastZero(value, nameof(RetrospectiveOptions.LawLearningRate));
    }

    /// <summary>What L is to be in the coming step: L + c₂·c/(G + ε); L itself where there is no learning step yet, or no finite correction.</summary>
    /// <param name="c">The last learning step times the new gradient.</param>
    /// <param name="G">The square of the last learning step's norm.</param>
    public double Corrected(double c, double G)
    {
        var corrected = L + LearningRate * c / (G + Epsilon);
        return G > 0 && double.IsFinite(corrected) ? corrected : L;
    }
}
