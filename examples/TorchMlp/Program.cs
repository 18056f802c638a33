using Shared.Cli;
using TorchMlp.Cli;

return await Terminal.Run(console => new TorchMlpCommand(console), args);
