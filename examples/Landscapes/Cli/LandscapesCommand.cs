using System.CommandLine;
using Landscapes.Functions;
using Landscapes.Optimizers;
using Landscapes.Report;
using Landscapes.Runs;
using Shared.Cli;
using Shared.Report;
using Spectre.Console;
using static System.FormattableString;

namespace Landscapes.Cli;

/// <summary>The command line: how long, how often and where to.</summary>
internal sealed class LandscapesCommand : RootCommand
{
    private readonly Option<int> steps = IntegerOption.Create("--steps", 1, 400, "Steps of each trajectory.");
    private readonly Option<int> starts = IntegerOption.Create("--starts", 1, 100, "Random starts on each landscape, and for each sharpness of the well.");
    private readonly Option<int> seed = IntegerOption.Create("--seed", 0, 1, "What the random starts follow from.");

    private readonly Option<double> rate = new("--escape-learning-rate")
    {
        Description = "Learning rate of all optimizers at the well.",
        HelpName = "RATE",
        DefaultValueFactory = _ => 0.05,
        CustomParser = result => OptionArguments.Rate(result) ?? 0,
    };

    private readonly Option<string> directory = new("--out")
    {
        Description = "Directory for the page and the CSV; those of an earlier run are overwritten.",
        HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine("runs", "landscapes"),
        CustomParser = OptionArguments.Directory,
    };

    private readonly IAnsiConsole console;

    public LandscapesCommand(IAnsiConsole console)
        : base("Runs declared optimizers over functions of two variables and past a sharp minimum, and shows their ways.")
    {
        this.console = console;
        foreach (var option in new Option[] { steps, starts, seed, rate, directory })
            Options.Add(option);
        SetAction(Execute);
    }

    private int Execute(ParseResult parsed)
    {
        try
        {
            Run(parsed.GetValue(steps), parsed.GetValue(starts), parsed.GetValue(seed), parsed.GetValue(rate), parsed.GetRequiredValue(directory));
            return 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            parsed.InvocationConfiguration.Error.WriteLine(fault.Message);
            return 1;
        }
    }

    private void Run(int steps, int starts, int seed, double rate, string folder)
    {
        Directory.CreateDirectory(folder);
        var sections = new List<ReportSection>();
        var runs = new List<(Landscape, IReadOnlyList<LandscapeResult>)>();
        foreach (var landscape in new Landscape[] { new Quadratic(50), new Rosenbrock(), new Ackley(), new GoldsteinPrice() })
        {
            var run = new LandscapeRun(landscape, steps, Starts.Draw(landscape, starts, seed));
            var results = Contenders.All.Select(run.Of).ToList();
            runs.Add((landscape, results));
            sections.AddRange(LandscapesPage.Sections(landscape, results, steps, starts));
            Show(landscape, results);
        }

        var escape = new EscapeRun(rate, steps, starts, seed);
        var escapes = Contenders.All.Select(contender => (contender.Name, escape.Of(contender))).ToList();
        sections.Add(LandscapesPage.Escapes(escapes, rate, steps, starts));
        ShowEscapes(escapes);

        var (page, csv) = (Path.Combine(folder, "landscapes.html"), Path.Combine(folder, "landscapes.csv"));
        new HtmlReport("Optimizers on landscapes", [.. Contenders.All.Select(contender => (contender.Name, contender.Description))], sections).Write(page);
        LandscapesCsv.Write(csv, runs);
        console.WriteLine(page);
        console.WriteLine(csv);
    }

    private void Show(Landscape landscape, IEnumerable<LandscapeResult> results)
    {
        var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape(landscape.Name))
            .AddColumns("optimizer", "learning rate", "value", "sharpness", "found");
        foreach (var result in results)
        {
            table.AddRow(
                new Text(result.Contender.Name), new Text(Invariant($"{result.Rate:G3}")), new Text(Invariant($"{result.Trajectory.Value:G4}")),
                new Text(Invariant($"{result.Sharpness:G4}")), new Text(Invariant($"{100 * result.Found:0} %")));
        }

        console.Write(table);
    }

    private void ShowEscapes(IReadOnlyList<(string Name, IReadOnlyList<(double Sharpness, double Escaped)> Ratios)> escapes)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("Escaped from a well of sharpness").AddColumn("optimizer");
        table.AddColumns([.. EscapeRun.Sharpnesses.Select(sharpness => Invariant($"{sharpness}"))]);
        foreach (var (name, ratios) in escapes)
            table.AddRow([name, .. ratios.Select(ratio => Invariant($"{100 * ratio.Escaped:0} %"))]);
        console.Write(table);
    }
}
