using Quickstart.Optimizers;
using Shared.Cli;
using Shared.Optimizers;
using Spectre.Console;

namespace Quickstart.Cli;

/// <summary>The command line of the quickstart.</summary>
internal sealed class QuickstartCommand(IAnsiConsole console) : DigitsCommand(console, Program)
{
    public static DigitsProgram Program { get; } = new(
        "Trains the dense network of the RLLC paper (784-128-128-128-10) with an optimizer declared in one line, and writes down how accuracy and learning law went.",
        Path.Combine("runs", "quickstart"), "Results do not depend on it.", Choices.All);
}
