using Shared.Data;
using Shared.Optimizers;

namespace Shared.Training;

/// <summary>Everything that decides a run's result; kept beside it so that it can be resumed.</summary>
/// <param name="Optimizer">The optimizer's name.</param>
/// <param name="Dataset">The data set's name.</param>
/// <param name="DataDirectory">Where its files are; null for the drawn one.</param>
/// <param name="LearningRate">c₁.</param>
/// <param name="LawLearningRate">c₂; null for an optimizer without a law.</param>
/// <param name="Iterations">Steps in all.</param>
/// <param name="Seed">What the parameters, the order of the batches and the drawn pictures follow from.</param>
internal sealed record RunSettings(
    string Optimizer, string Dataset, string? DataDirectory, double LearningRate, double? LawLearningRate, int Iterations, int Seed)
{
    /// <summary>The name of the data set that the program draws.</summary>
    public const string Drawn = "strokes";

    public DataSplit ReadData() => DataDirectory is null ? StrokeDigits.Draw(Seed) : MnistFiles.Read(DataDirectory, Dataset);

    /// <summary>The settings in words, without the number of iterations.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Optimizer} on {Dataset} (learning rate {LearningRate}{(LawLearningRate is { } law ? FormattableString.Invariant($", of the law {law}") : "")}, seed {Seed})");

    /// <summary>Whether these are settings of the same run, which may be longer and have its data elsewhere.</summary>
    public bool IsRunOf(RunSettings other) => this with { DataDirectory = other.DataDirectory, Iterations = other.Iterations } == other;

    public void Save(string path) => SettingsFile.Save(path, this);

    /// <summary>Reads the settings of a run of one of the program's optimizers.</summary>
    /// <exception cref="IOException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public static RunSettings Load(string path, DigitsProgram program) => SettingsFile.Load<RunSettings>(
        path, settings => settings is { Optimizer: { } name, Dataset: not null } && program.Find(name) is not null);
}
