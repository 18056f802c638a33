using System.Text.Json;
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

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, NewLine = "\n" };

    public DataSplit ReadData() => DataDirectory is null ? StrokeDigits.Draw(Seed) : MnistFiles.Read(DataDirectory, Dataset);

    /// <summary>The settings in words, without the number of iterations.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Optimizer} on {Dataset} (learning rate {LearningRate}{(LawLearningRate is { } law ? FormattableString.Invariant($", of the law {law}") : "")}, seed {Seed})");

    public void Save(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Format) + "\n");

    /// <summary>Reads the settings of a run of one of the program's optimizers.</summary>
    /// <exception cref="IOException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public static RunSettings Load(string path, DigitsProgram program)
    {
        try
        {
            var settings = JsonSerializer.Deserialize<RunSettings>(File.ReadAllText(path), Format);
            return settings is { Optimizer: { } name, Dataset: not null } && program.Find(name) is not null
                ? settings
                : throw new InvalidDataException($"{path}: not the settings of a run, or of one with an unknown optimizer.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path}: not the settings of a run ({fault.Message})", fault);
        }
    }
}
