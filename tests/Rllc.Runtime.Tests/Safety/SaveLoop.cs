using System.Diagnostics;
using System.Runtime.InteropServices;
using Rllc.Runtime.Tests.Cpu;

namespace Rllc.Runtime.Tests.Safety;

/// <summary>A process that resumes from a checkpoint and saves after every step until it is killed.</summary>
internal static class SaveLoop
{
    private const int Length = 150_000;

    public static Run New() => Cpu.Run.Of(Length, new() { Threads = 1 });

    /// <summary>A step takes no time to speak of, so that most of the time a save is going on.</summary>
    public static void Step(Run run) => run.Optimizer.Step(run.Parameters, Cpu.Run.Gradient(Length, step: 0));

    /// <summary>In the child: writes the number of each step whose save has returned.</summary>
    public static void Run(string path)
    {
        using var run = New();
        if (File.Exists(path))
            run.Optimizer.Load(path, run.Parameters);
        while (true)
        {
            Step(run);
            run.Optimizer.Save(path, run.Parameters);
            Console.WriteLine(run.Optimizer.StepCount);
        }
    }

    /// <summary>In the parent: the runtime that runs the tests runs the child too.</summary>
    public static Process Start(string path)
    {
        var host = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet");
        return Process.Start(new ProcessStartInfo(host, ["exec", typeof(SaveLoop).Assembly.Location, nameof(SaveLoop), path])
        {
            RedirectStandardOutput = true,
        })!;
    }
}
