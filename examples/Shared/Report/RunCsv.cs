using System.Globalization;
using CsvHelper;

namespace Shared.Report;

/// <summary>A run as a CSV file: a row per record, a column <c>law_NAME</c> per coefficient of the learning law. Numbers read back exactly.</summary>
internal static class RunCsv
{
    private static readonly string[] FixedColumns =
        ["iteration", "training_loss", "training_accuracy", "validation_loss", "validation_accuracy"];

    public static void Write(string path, IReadOnlyList<string> lawNames, IEnumerable<RunRecord> records)
    {
        using var csv = new CsvWriter(new StreamWriter(path) { NewLine = "\n" }, Configuration);
        WriteRow(csv, [.. FixedColumns, .. lawNames.Select(name => $"law_{name}")]);
        foreach (var record in records)
        {
            WriteRow(csv,
                [record.Iteration, record.TrainingLoss, record.TrainingAccuracy, record.ValidationLoss, record.ValidationAccuracy, .. record.Law]);
        }
    }

    /// <exception cref="InvalidDataException">The file is no such CSV, or of a run with another law.</exception>
    public static List<RunRecord> Read(string path, IReadOnlyList<string> lawNames)
    {
        try
        {
            using var csv = new CsvReader(new StreamReader(path), Configuration);
            csv.Read();
            csv.ReadHeader();
            var records = new List<RunRecord>();
            while (csv.Read())
            {
                records.Add(new(
                    csv.GetField<int>(FixedColumns[0]), csv.GetField<double?>(FixedColumns[1]), csv.GetField<double?>(FixedColumns[2]),
                    csv.GetField<double>(FixedColumns[3]), csv.GetField<double>(FixedColumns[4]),
                    [.. lawNames.Select(name => csv.GetField<double>($"law_{name}"))]));
            }

            return records;
        }
        catch (CsvHelperException fault)
        {
            throw new InvalidDataException($"{path}: not the record of a run with this optimizer ({fault.Message.Split('\n')[0].TrimEnd()})", fault);
        }
    }

    private static CsvHelper.Configuration.CsvConfiguration Configuration => new(CultureInfo.InvariantCulture) { NewLine = "\n" };

    private static void WriteRow(CsvWriter csv, ReadOnlySpan<object?> fields)
    {
        foreach (var field in fields)
            csv.WriteField(field);
        csv.NextRecord();
    }
}
