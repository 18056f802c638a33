extern alias generators;

using System.Diagnostics;
using System.Text.RegularExpressions;
using generators::Rllc.Generators;

namespace Rllc.Generators.Tests.Harness;

/// <summary>A consumer's project on disk, built with the dotnet command as its author would.</summary>
internal sealed partial class ConsumerBuild : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rllc-consumer-").FullName;

    /// <summary>A library that references Rllc.Runtime and loads its generator and analyzers.</summary>
    /// <param name="properties">More MSBuild properties, as XML.</param>
    public ConsumerBuild(string properties = "") => Write("Consumer.csproj", $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ErrorEndLocation>true</ErrorEndLocation>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            <Reference Include="{typeof(PropagatorAttribute).Assembly.Location}" />
            <Analyzer Include="{typeof(PropagatorGenerator).Assembly.Location}" />
          </ItemGroup>
        </Project>
        """);

    /// <summary>Writes a file of the project.</summary>
    public void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    /// <summary>Builds the project.</summary>
    /// <returns>The errors and warnings, one line each, without folders and without the project's name.</returns>
    public IReadOnlyList<string> Build()
    {
        var start = new ProcessStartInfo("dotnet", ["build", "-v:quiet", "-nologo", "-clp:NoSummary", "--disable-build-servers"])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        string[] messages = [.. Message().Matches(output).Select(match => match.Groups[1].Value.Replace(_folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)).Distinct()];
        Assert.True(process.ExitCode == 0 || messages.Length > 0, output);
        return messages;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [GeneratedRegex(@"^\s*(.*: (?:error|warning) .*) \[.*Consumer\.csproj\]\s*$", RegexOptions.Multiline)]
    private static partial Regex Message();
}
