using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Rllc.Examples.Torch.Tests.Harness;

/// <summary>How a process ended, and what it wrote.</summary>
internal sealed record ProcessEnd(int Code, string Output, string Errors);

/// <summary>An example as its user starts it: a process of its own.</summary>
internal static class ExampleProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs a built example to its end.</summary>
    /// <param name="example">The example's assembly, as it was built for these tests.</param>
    /// <param name="arguments">What its user types.</param>
    public static ProcessEnd Run(Assembly example, params string[] arguments) => Run(example.Location, new Dictionary<string, string?>(), arguments);

    /// <summary>Runs an example to its end.</summary>
    /// <param name="path">The example's file.</param>
    /// <param name="variables">What its environment has other than this process's; null is not to be there.</param>
    /// <param name="arguments">What its user types.</param>
    public static ProcessEnd Run(string path, IReadOnlyDictionary<string, string?> variables, params string[] arguments)
    {
        // The runtime that runs the tests runs the example too.
        var host = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet");
        var start = new ProcessStartInfo(host, ["exec", path, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{path} {string.Join(' ', arguments)}: still running after {Patience}.");
        }

        return new(process.ExitCode, output.Result, errors.Result);
    }
}
