using Explain.Cli;
using Shared.Cli;

return await Terminal.Run(console => new ExplainCommand(console), args);
