using Shared.Cli;
using Shared.Optimizers;
using Spectre.Console;
using TorchMlp.Optimizers;
using TorchSharp;

namespace TorchMlp.Cli;

/// <summary>The command line of the quickstart's task on TorchSharp's modules.</summary>
internal sealed class TorchMlpCommand(IAnsiConsole console) : DigitsCommand(console, Program)
{
    public static DigitsProgram Program { get; } = new(
        "Trains the dense network of the RLLC paper (784-128-128-128-10), made of TorchSharp's modules, with an optimizer declared in one line or one of torch.optim.",
        Path.Combine("runs", "torch-mlp"), "libtorch's sums may depend on it in their last digits.", Choices.All);

    protected override void Prepare() => TorchLibrary.Require(typeof(torch));
}
