using System.CommandLine;
using Explain.Report;
using Rllc;
using Rllc.Spec;
using Shared.Cli;
using Spectre.Console;

namespace Explain.Cli;

/// <summary>The command line: a spec, and where to put a page about it.</summary>
internal sealed class ExplainCommand : RootCommand
{
    private readonly Argument<string[]> specs = new("SPEC")
    {
        Description = "The memory, as in \"M(0.9) ⊕ M2(0.6)\"; several are united in order.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> page = new("--html")
    {
        Description = "Directory for a page with plots, explanation.html; that of an earlier run is overwritten.",
        HelpName = "DIR",
        CustomParser = OptionArguments.Directory,
    };

    private readonly IAnsiConsole console;

    public ExplainCommand(IAnsiConsole console) : base("Explains a memory: its matrices, what it remembers, what it costs, and the code that is emitted for it.")
    {
        this.console = console;
        Arguments.Add(specs);
        Options.Add(page);
        SetAction(Execute);
    }

    private int Execute(ParseResult parsed)
    {
        try
        {
            var texts = parsed.GetRequiredValue(specs);
            var memory = LinearMemory.FromSpec(PropagatorSpec.Parse(texts));
            var explanation = new Explanation(memory, [.. PropagatorSpec.Analyze(texts).Diagnostics.Select(warning => $"{warning.Rule.Id}: {warning.Message}")]);
            // As it is: lines of code must not be broken to fit a console.
            console.Profile.Out.Writer.Write(ExplanationText.Of(explanation));
            if (parsed.GetValue(page) is { } folder)
                Write(explanation, folder);
            return 0;
        }
        catch (Exception fault) when (fault is SpecException or IOException or UnauthorizedAccessException)
        {
            parsed.InvocationConfiguration.Error.WriteLine(fault.Message);
            return 1;
        }
    }

    private void Write(Explanation explanation, string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "explanation.html");
        ExplanationPage.Of(explanation).Write(path);
        console.WriteLine(path);
    }
}
