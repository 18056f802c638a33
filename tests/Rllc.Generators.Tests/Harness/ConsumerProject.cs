extern alias generators;

using System.Collections.Immutable;
using generators::Rllc.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Rllc.Generators.Tests.Harness;

/// <summary>
/// A consumer's project in memory: its sources, compiled against the running framework and Rllc.Runtime with nullable
/// contexts, documentation comments and every warning level switched on.
/// </summary>
internal sealed class ConsumerProject
{
    private static readonly CSharpParseOptions ParseOptions =
        new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    private static readonly ImmutableArray<MetadataReference> References = [.. ReferencePaths().Select(path => MetadataReference.CreateFromFile(path))];

    private ConsumerProject(CSharpCompilation compilation) => Compilation = compilation;

    /// <summary>The consumer's own sources, without anything generated.</summary>
    public CSharpCompilation Compilation { get; }

    /// <summary>A library project with the given files; they are named File0.cs, File1.cs, …</summary>
    public static ConsumerProject Of(params string[] sources) => new(CSharpCompilation.Create(
        "Consumer",
        sources.Select((source, index) => Parse(source, $"File{index}.cs")),
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable)
            .WithWarningLevel(9999)));

    /// <summary>The project with more references.</summary>
    public ConsumerProject Referencing(IEnumerable<MetadataReference> references) => With(compilation => compilation.AddReferences(references));

    /// <summary>A syntax tree with the consumer's language version.</summary>
    public static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, ParseOptions, path);

    /// <summary>The project after another edit.</summary>
    public ConsumerProject With(Func<CSharpCompilation, CSharpCompilation> edit) => new(edit(Compilation));

    /// <summary>A driver with the optimizer generator, which keeps track of its steps.</summary>
    public static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new PropagatorGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Runs the optimizer generator.</summary>
    public GeneratedProject Generate()
    {
        var driver = Driver().RunGeneratorsAndUpdateCompilation(Compilation, out var output, out var diagnostics);
        return new GeneratedProject((CSharpCompilation)output, driver.GetRunResult(), diagnostics);
    }

    /// <summary>What the analyzers report on the consumer's own sources, in order of position.</summary>
    public Task<ImmutableArray<Diagnostic>> AnalyzeAsync(params DiagnosticAnalyzer[] analyzers) => AnalyzeAsync(Compilation, analyzers);

    internal static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation, DiagnosticAnalyzer[] analyzers)
    {
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: null,
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: false);
        var diagnostics = await compilation.WithAnalyzers([.. analyzers], options).GetAnalyzerDiagnosticsAsync();
        return [.. diagnostics.OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan.Start)];
    }

    // The trusted assemblies also hold what the tests depend on; a consumer sees the framework and Rllc.Runtime only.
    private static IEnumerable<string> ReferencePaths()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location);
        var trusted = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return trusted.Where(path => Path.GetDirectoryName(path) == framework).Append(typeof(PropagatorAttribute).Assembly.Location);
    }
}
