using Shared.Cli;
using TorchResNet20.Cli;

return await Terminal.Run(console => new ResNet20Command(console), args);
