extern alias generators;

using generators::Rllc.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Explain.Memory;

/// <summary>What the generator makes of a declaration.</summary>
internal static class GeneratedCode
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Latest);

    /// <summary>The file with the CPU's kernels.</summary>
    /// <param name="spec">A spec without errors.</param>
    public static string OfKernels(string spec)
    {
        var declaration = $"[Rllc.Propagator({SymbolDisplay.FormatLiteral(spec, quote: true)})] public sealed partial class Declared;";
        var compilation = CSharpCompilation.Create("Consumer", [CSharpSyntaxTree.ParseText(declaration, Options)], References());
        var result = CSharpGeneratorDriver.Create([new PropagatorGenerator().AsSourceGenerator()], parseOptions: Options).RunGenerators(compilation).GetRunResult();
        return result.Results.Single().GeneratedSources.Single(source => source.HintName.EndsWith(".Cpu.g.cs", StringComparison.Ordinal)).SourceText.ToString();
    }

    // All that this program runs on.
    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "System.Runtime.dll" or "System.Private.CoreLib.dll" or "Rllc.Runtime.dll")
            .Select(path => MetadataReference.CreateFromFile(path));
}
