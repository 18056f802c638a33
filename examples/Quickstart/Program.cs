using System.CommandLine.Invocation;
using Quickstart.Cli;
using Spectre.Console;

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

var parsed = new QuickstartCommand(console).Parse(args);
if (parsed.Action is ParseErrorAction errors)
    errors.ShowHelp = false;

// Ctrl-C asks the run to stop; it does so at its next record and needs a moment to save.
return await parsed.InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
