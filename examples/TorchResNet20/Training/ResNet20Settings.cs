using Shared.Training;
using TorchResNet20.Optimizers;

namespace TorchResNet20.Training;

/// <summary>Everything that decides a run's result; kept beside it so that it can be resumed.</summary>
/// <param name="Optimizer">The optimizer's name.</param>
/// <param name="DataDirectory">Where CIFAR-10's files are.</param>
/// <param name="Iterations">Steps in all.</param>
/// <param name="BatchSize">Pictures of a step.</param>
/// <param name="Validation">Pictures at the end of the training files that are kept for validation.</param>
/// <param name="RecordInterval">Steps from one record to the next.</param>
/// <param name="Seed">What initial parameters, order of the pictures and augmentation follow from.</param>
internal sealed record ResNet20Settings(
    string Optimizer, string DataDirectory, int Iterations, int BatchSize, int Validation, int RecordInterval, int Seed)
{
    /// <summary>Pictures in the training files that there were when the run began.</summary>
    public int Pictures { get; init; }

    /// <summary>The settings in words, without the number of iterations.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Optimizer} (batches of {BatchSize}, {Validation} pictures to validate, a record every {RecordInterval} steps, seed {Seed})");

    /// <summary>Whether these are settings of the same run, which may be longer and have its data elsewhere.</summary>
    public bool IsRunOf(ResNet20Settings other) => this with { DataDirectory = other.DataDirectory, Iterations = other.Iterations } == other;

    public void Save(string path) => SettingsFile.Save(path, this);

    /// <exception cref="IOException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public static ResNet20Settings Load(string path) => SettingsFile.Load<ResNet20Settings>(path, settings =>
        Choice.All.Any(choice => choice.Name == settings.Optimizer)
        && settings is { DataDirectory: not null, Iterations: > 0, BatchSize: > 1, Validation: > 0, RecordInterval: > 0, Seed: >= 0 });
}
