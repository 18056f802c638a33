using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Rllc.Generators.Tests.Harness;

/// <summary>A consumer's project together with what was generated for it.</summary>
/// <param name="Compilation">The consumer's sources and the generated ones.</param>
/// <param name="RunResult">The generator's own account: files, steps and their reasons.</param>
/// <param name="GeneratorDiagnostics">What the generator reported; it is meant to report nothing.</param>
internal sealed record GeneratedProject(
    CSharpCompilation Compilation, GeneratorDriverRunResult RunResult, ImmutableArray<Diagnostic> GeneratorDiagnostics)
{
    /// <summary>The generated files by hint name.</summary>
    public IReadOnlyDictionary<string, string> Files { get; } =
        RunResult.Results.SelectMany(result => result.GeneratedSources).ToDictionary(file => file.HintName, file => file.SourceText.ToString());

    /// <summary>The compiler's errors and warnings in consumer's and generated sources together.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; } = [.. Compilation.GetDiagnostics()
        .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !diagnostic.IsSuppressed)];

    /// <summary>What the analyzers report on consumer's and generated sources together.</summary>
    public Task<ImmutableArray<Diagnostic>> AnalyzeAsync(params DiagnosticAnalyzer[] analyzers) => ConsumerProject.AnalyzeAsync(Compilation, analyzers);

    /// <summary>Compiles and loads the project. Any error or warning fails the test that asks.</summary>
    /// <param name="isCollectible">Whether it may be unloaded; then code that is generated at run time must not refer to it.</param>
    public Assembly Load(bool isCollectible = true)
    {
        Assert.Empty(GeneratorDiagnostics);
        Assert.Empty(Diagnostics);
        using var image = new MemoryStream();
        var emitted = Compilation.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        image.Position = 0;
        return new AssemblyLoadContext("Consumer", isCollectible).LoadFromStream(image);
    }
}
