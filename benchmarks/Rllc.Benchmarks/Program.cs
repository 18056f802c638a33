using BenchmarkDotNet.Running;
using Rllc.Benchmarks.Roofline;

if (args is ["roofline", ..])
    return RooflineProgram.Run();

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
