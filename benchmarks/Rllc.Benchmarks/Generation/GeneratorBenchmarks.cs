extern alias generators;

using System.Globalization;
using BenchmarkDotNet.Attributes;
using generators::Rllc.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Rllc.Benchmarks.Generation;

/// <summary>What the generator adds to a build, and to every key that is pressed.</summary>
[MemoryDiagnoser]
public class GeneratorBenchmarks
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private CSharpCompilation _compilation = null!;
    private CSharpCompilation _otherSpec = null!;
    private CSharpCompilation _otherComment = null!;
    private GeneratorDriver _warm = null!;

    /// <summary>The number of declarations, each in a file of its own.</summary>
    [Params(1, 100)]
    public int Declarations { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _compilation = CSharpCompilation.Create(
            "Consumer",
            Enumerable.Range(0, Declarations).Select(index => Parse(Source(index, "0.9"), index)),
            References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        _otherSpec = Edit(Source(0, "0.91"));
        _otherComment = Edit("// A thought.\n" + Source(0, "0.9"));
        _warm = Driver().RunGenerators(_compilation);

        var result = _warm.GetRunResult();
        if (!result.Diagnostics.IsEmpty || result.GeneratedTrees.Length != 3 * Declarations)
            throw new InvalidOperationException($"{result.GeneratedTrees.Length} files for {Declarations} declarations.");
    }

    /// <summary>Everything, as in a build by a compiler that runs already.</summary>
    [Benchmark]
    public GeneratorDriver Cold() => Driver().RunGenerators(_compilation);

    /// <summary>A key pressed inside a spec.</summary>
    [Benchmark]
    public GeneratorDriver KeystrokeInSpec() => _warm.RunGenerators(_otherSpec);

    /// <summary>A key pressed elsewhere in the file of a declaration.</summary>
    [Benchmark]
    public GeneratorDriver KeystrokeInComment() => _warm.RunGenerators(_otherComment);

    private static GeneratorDriver Driver() => CSharpGeneratorDriver.Create([new PropagatorGenerator().AsSourceGenerator()], parseOptions: ParseOptions);

    private CSharpCompilation Edit(string source) => _compilation.ReplaceSyntaxTree(_compilation.SyntaxTrees[0], Parse(source, 0));

    private static SyntaxTree Parse(string source, int index) => CSharpSyntaxTree.ParseText(source, ParseOptions, FileName(index));

    private static string FileName(int index) => string.Create(CultureInfo.InvariantCulture, $"Optimizer{index}.cs");

    private static string Source(int index, string β) => string.Create(CultureInfo.InvariantCulture, $$"""
        [Rllc.Propagator("M({{β}}) ⊕ M2(0.6)")]
        public sealed partial class Optimizer{{index}};
        """);

    // A consumer sees the framework and Rllc.Runtime only.
    private static IEnumerable<MetadataReference> References()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location);
        var trusted = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return trusted
            .Where(path => Path.GetDirectoryName(path) == framework)
            .Append(typeof(PropagatorAttribute).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path));
    }
}
