using Quickstart.Cli;
using Shared.Cli;

return await Terminal.Run(console => new QuickstartCommand(console), args);
