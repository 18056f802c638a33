using System.CommandLine;
using System.CommandLine.Invocation;
using Spectre.Console;

namespace Shared.Cli;

/// <summary>Runs a program's command on the terminal, file or pipe that it writes to.</summary>
internal static class Terminal
{
    /// <returns>The exit code.</returns>
    public static Task<int> Run(Func<IAnsiConsole, RootCommand> createCommand, string[] arguments)
    {
        // Into a file or a pipe goes plain text: no colours, nothing redrawn, no narrow lines.
        var isTerminal = !Console.IsOutputRedirected;
        var console = AnsiConsole.Create(new()
        {
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!isTerminal)
            console.Profile.Width = 160;

        var parsed = createCommand(console).Parse(arguments);
        if (parsed.Action is ParseErrorAction errors)
            errors.ShowHelp = false;

        // Ctrl-C asks the run to stop; it does so at its next record and needs a moment to save.
        return parsed.InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
    }
}
