using System.CommandLine;
using Shared.Training;

namespace Shared.Cli;

/// <summary>What --resume means, whatever is run.</summary>
internal static class ResumeOption
{
    public static Option<bool> Create() => new("--resume")
    {
        Description = "Go on with the run in the directory of --out, to the same result as if it had never stopped. Its settings hold; more --iterations prolong it.",
    };

    /// <exception cref="FileNotFoundException">The directory holds no run.</exception>
    public static void RequireRun(RunDirectory directory)
    {
        if (!File.Exists(directory.Settings))
            throw new FileNotFoundException($"--resume: there is no run to go on with in {directory.Path}.");
    }

    /// <summary>The fault of asking for other settings than those that the run was started with.</summary>
    public static InvalidDataException Changed(RunDirectory directory, object before, object now) =>
        new($"--resume goes on with the run in {directory.Path}, which is of {before}; this cannot be changed to {now}.");
}
