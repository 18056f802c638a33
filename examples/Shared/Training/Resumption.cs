using Shared.Report;

namespace Shared.Training;

/// <summary>Goes back to where a run was saved, whatever it trains.</summary>
internal static class Resumption
{
    /// <summary>Loads a run's checkpoint and gives the run's course until then.</summary>
    /// <param name="directory">The run.</param>
    /// <param name="lawNames">Names of the learning law's coefficients.</param>
    /// <param name="iterations">Steps to be taken in all, those of before included.</param>
    /// <param name="load">Loads the checkpoint and gives the number of steps it was taken after.</param>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">The files do not belong together or to this optimizer, or there are no steps left to take.</exception>
    public static List<RunRecord> Load(RunDirectory directory, IReadOnlyList<string> lawNames, int iterations, Func<long> load)
    {
        var records = RunCsv.Read(directory.Records, lawNames);
        var taken = records.Count > 0 ? records[^1].Iteration : 0;
        var steps = load();
        if (steps != taken)
            throw new InvalidDataException(FormattableString.Invariant($"{directory.Checkpoint} is of iteration {steps}, but {directory.Records} ends at {taken}: they are not of one run."));
        return taken < iterations
            ? records
            : throw new InvalidDataException(FormattableString.Invariant($"The run in {directory.Path} has already taken {taken} iterations; ask for more with --iterations."));
    }
}
