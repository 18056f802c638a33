namespace Quickstart.Optimizers;

/// <summary>What training needs of an optimizer, whoever wrote it.</summary>
internal interface IStepper : IDisposable
{
    /// <summary>Names of the learning law's coefficients; empty for an optimizer without a law.</summary>
    IReadOnlyList<string> LawNames { get; }

    /// <summary>The learning law as it stands, in the order of <see cref="LawNames"/>.</summary>
    ReadOnlySpan<double> Law { get; }

    /// <summary>Moves the parameters by one step.</summary>
    void Step(Span<float> parameters, ReadOnlySpan<float> gradient);
}

/// <summary>An optimizer whose state can be kept in a file, so that a run can be stopped and resumed.</summary>
internal interface ICheckpointedStepper : IStepper
{
    /// <summary>Steps taken so far.</summary>
    long StepCount { get; }

    /// <summary>Writes the optimizer's state and the parameters.</summary>
    void Save(string path, ReadOnlySpan<float> parameters);

    /// <summary>Reads both back, checking that they belong to an optimizer of this kind.</summary>
    void Load(string path, Span<float> parameters);
}
