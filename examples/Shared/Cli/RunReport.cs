using Shared.Learning;
using Shared.Report;
using Shared.Training;
using static System.FormattableString;

namespace Shared.Cli;

/// <summary>Puts a run into words, numbers and plots.</summary>
internal static class RunReport
{
    /// <summary>One line on a record: losses, accuracies and the law.</summary>
    public static string Line(RunRecord record, IReadOnlyList<string> lawNames) => string.Join("  ",
    [
        .. record.TrainingLoss is { } loss ? [Invariant($"loss {loss:0.000}"), $"training {Percent(record.TrainingAccuracy)}"] : Array.Empty<string>(),
        $"validation {Percent(record.ValidationAccuracy)}",
        .. lawNames.Count > 0 ? [$"law {Law(lawNames, record.Law)}"] : Array.Empty<string>(),
    ]);

    /// <summary>Names and values that sum up a run.</summary>
    public static IReadOnlyList<(string Name, string Value)> Facts(Experiment experiment, ExperimentResult result)
    {
        var (settings, data, last) = (experiment.Settings, experiment.Data, result.Records[^1]);
        var rates = settings.LawLearningRate is { } law ? Invariant($"{settings.LearningRate}, of the law {law}") : Invariant($"{settings.LearningRate}");
        return
        [
            ("Optimizer", $"{settings.Optimizer}: {experiment.Optimizer.Description}"),
            ("Learning rate", rates),
            ("Data", Invariant($"{data.Name}: {data.Training.Count:N0} pictures to learn, {data.Validation.Count:N0} to validate, {data.Test.Count:N0} to test")),
            ("Network", Invariant($"784-128-128-128-10, ReLU, {experiment.ParameterCount:N0} parameters")),
            ("Iterations", Invariant($"{last.Iteration:N0} of {settings.Iterations:N0}, {DenseShape.Batch} pictures each, seed {settings.Seed}")),
            ("Time", Invariant($"{result.Time.TotalSeconds:0.0} s for {result.Iterations:N0} iterations, {result.Time.TotalMilliseconds / Math.Max(result.Iterations, 1):0.00} ms each")),
            ("Training", last.TrainingLoss is { } loss ? Invariant($"{Percent(last.TrainingAccuracy)}, loss {loss:0.0000}") : "–"),
            ("Validation", Invariant($"{Percent(last.ValidationAccuracy)}, loss {last.ValidationLoss:0.0000}")),
            .. result.Test is { } test ? [("Test", Invariant($"{Percent(test.Accuracy)}, loss {test.Loss:0.0000}"))] : Array.Empty<(string, string)>(),
            .. experiment.LawNames.Count > 0 ? [("Learning law", Law(experiment.LawNames, last.Law))] : Array.Empty<(string, string)>(),
        ];
    }

    /// <summary>The page: the facts, accuracy over iterations and, for an optimizer with a law, its coefficients over iterations.</summary>
    public static HtmlReport Page(Experiment experiment, ExperimentResult result) => new(
        $"{experiment.Settings.Optimizer} on {experiment.Data.Name}", Facts(experiment, result),
        Figures(result.Records, experiment.LawNames, Trainer.RecordInterval));

    /// <summary>The plots of a run's records, which are so many iterations apart.</summary>
    public static IReadOnlyList<ReportSection> Figures(IReadOnlyList<RunRecord> records, IReadOnlyList<string> lawNames, int interval)
    {
        var learning = records.Where(record => record.TrainingAccuracy is not null).ToList();
        var accuracy = new LinePlot("Accuracy", "iteration", " %",
        [
            new("training", [.. learning.Select(record => ((double)record.Iteration, 100 * record.TrainingAccuracy!.Value))]),
            new("validation", [.. learning.Select(record => ((double)record.Iteration, 100 * record.ValidationAccuracy))]),
        ]);
        var figures = new List<ReportSection>
        {
            ReportSection.Of(accuracy, $"Training: the {interval} batches before each point, as the network met them. Validation: pictures it never learns from."),
        };
        if (lawNames.Count > 0)
        {
            var law = new LinePlot("Learning law", "iteration", "", [.. lawNames.Select((name, unit) => new PlotSeries(
                name, [.. records.Select(record => ((double)record.Iteration, record.Law[unit]))]))]);
            figures.Add(ReportSection.Of(law, "How much each memory unit counts in a step: the coefficients of θ ← θ − c₁·M·L, which the optimizer learns while it trains."));
        }

        return figures;
    }

    /// <summary>The law's coefficients with their names.</summary>
    public static string Law(IEnumerable<string> names, IEnumerable<double> law) =>
        string.Join(", ", names.Zip(law, (name, value) => Invariant($"{name} {value:0.000}")));

    /// <summary>A share as a percentage.</summary>
    public static string Percent(double? share) => Invariant($"{100 * share:0.00} %");
}
