extern alias generators;

using System.Diagnostics;
using generators::Rllc.Generators;

namespace Rllc.Generators.Tests.Harness;

/// <summary>A consumer's project on disk, built by the real build: every analysis of the SDK, warnings as errors.</summary>
internal static class ConsumerBuild
{
    private static readonly string[] References =
    [
        typeof(Optimizer).Assembly.Location,
#if HAS_ILGPU
        typeof(Kernels.StepViews).Assembly.Location,
        typeof(ILGPU.Context).Assembly.Location,
#endif
#if HAS_TORCH
        typeof(TorchOptimizer).Assembly.Location,
        typeof(TorchSharp.torch).Assembly.Location,
#endif
    ];

    // No compiler is left running behind a build; one that the whole run shares is stopped by it.
    private const string OwnCompiler = "<UseSharedCompilation Condition=\"'$(SharedCompilationId)' == ''\">false</UseSharedCompilation>";

    private static readonly string Project = $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <AnalysisMode>All</AnalysisMode>
            <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
            <GenerateDocumentationFile>true</GenerateDocumentationFile>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <ErrorEndLocation>true</ErrorEndLocation>
            {OwnCompiler}
          </PropertyGroup>
          <ItemGroup>
            <Reference Include="{string.Join(';', References)}" />
            <Analyzer Include="{typeof(PropagatorGenerator).Assembly.Location}" />
          </ItemGroup>
        </Project>
        """;

    /// <summary>Builds a library of one file. Returns the exit code and what the build printed.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string source)
    {
        var folder = Directory.CreateTempSubdirectory("rllc-consumer");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Consumer.csproj"), Project);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Consumer.cs"), source);
            return await DotnetBuildAsync(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int ExitCode, string Output)> DotnetBuildAsync(string folder)
    {
        var start = new ProcessStartInfo("dotnet", ["build", "-nologo", "-v:q", "-nodeReuse:false"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        // The build that runs the tests must not lend its own settings to this one.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var build = Process.Start(start)!;
        var output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        return (build.ExitCode, output);
    }
}
