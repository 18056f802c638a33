using Landscapes.Cli;
using Shared.Cli;

return await Terminal.Run(console => new LandscapesCommand(console), args);
