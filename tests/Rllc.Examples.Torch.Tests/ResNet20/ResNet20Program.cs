using Spectre.Console;
using TorchResNet20.Cli;

namespace Rllc.Examples.Torch.Tests.ResNet20;

/// <summary>The example's command line, run in this process.</summary>
internal static class ResNet20Program
{
    public static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(output), Interactive = InteractionSupport.No });
        console.Profile.Width = 200;
        var code = new ResNet20Command(console).Parse(arguments).Invoke(new() { Output = output, Error = errors });
        return (code, output.ToString(), errors.ToString());
    }
}
