using System.Globalization;
using CsvHelper;
using Landscapes.Functions;
using Landscapes.Runs;

namespace Landscapes.Report;

/// <summary>Where trajectories ended, as a CSV file; numbers read back exactly.</summary>
internal static class LandscapesCsv
{
    /// <summary>Writes a row for each optimizer on each landscape.</summary>
    public static void Write(string path, IEnumerable<(Landscape Landscape, IReadOnlyList<LandscapeResult> Results)> runs)
    {
        using var csv = new CsvWriter(new StreamWriter(path), new CsvHelper.Configuration.CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" });
        csv.WriteRecords(runs.SelectMany(run => run.Results.Select(result => new
        {
            landscape = run.Landscape.Name,
            optimizer = result.Contender.Name,
            learning_rate = result.Rate,
            x = result.Trajectory.End[0],
            y = result.Trajectory.End[1],
            value = result.Trajectory.Value,
            sharpness = result.Sharpness,
            found = result.Found,
        })));
    }
}
