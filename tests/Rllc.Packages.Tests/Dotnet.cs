using System.Diagnostics;

namespace Rllc.Packages.Tests;

/// <summary>The dotnet command.</summary>
internal static class Dotnet
{
    /// <summary>Runs it in a folder. Returns the exit code and what it printed.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Task<(int ExitCode, string Output)> RunAsync(string folder, params IEnumerable<string> arguments) => RunAsync("dotnet", folder, arguments);

    /// <summary>Runs a program in a folder.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // The build that runs the tests must not lend its own settings to this one.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using var process = Process.Start(start)!;
        var outputs = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(outputs));
    }

    /// <summary>Runs it and sees to it that it succeeds. Returns what it printed.</summary>
    public static async Task<string> SucceedsAsync(string folder, params string[] arguments)
    {
        var (exitCode, output) = await RunAsync(folder, arguments);
        Assert.True(exitCode == 0, output);
        return output;
    }
}
