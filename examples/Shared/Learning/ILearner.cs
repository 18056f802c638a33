namespace Shared.Learning;

/// <summary>A network and its optimizer, as far as training needs to know them, whoever wrote them.</summary>
internal interface ILearner : IDisposable
{
    /// <summary>How many parameters there are.</summary>
    int ParameterCount { get; }

    /// <summary>Names of the learning law's coefficients; empty for an optimizer without a law.</summary>
    IReadOnlyList<string> LawNames { get; }

    /// <summary>The learning law as it stands, in the order of <see cref="LawNames"/>.</summary>
    ReadOnlySpan<double> Law { get; }

    /// <summary>Room for the inputs of a batch, sample by sample.</summary>
    Span<float> Inputs { get; }

    /// <summary>Loss and accuracy of the first samples of <see cref="Inputs"/>.</summary>
    BatchResult Evaluate(ReadOnlyMemory<byte> labels);

    /// <summary>The same, and one step down the gradient of their mean loss.</summary>
    BatchResult Learn(ReadOnlyMemory<byte> labels);
}

/// <summary>A learner whose state can be kept in a file, so that a run can be stopped and resumed.</summary>
internal interface ICheckpointedLearner : ILearner
{
    /// <summary>Steps taken so far.</summary>
    long StepCount { get; }

    /// <summary>Writes the optimizer's state and the parameters.</summary>
    void Save(string path);

    /// <summary>Reads both back, checking that they belong to an optimizer of this kind.</summary>
    void Load(string path);
}
