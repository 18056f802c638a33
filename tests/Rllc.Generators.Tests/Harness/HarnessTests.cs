using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Rllc.Generators.Tests.Harness;

public sealed class HarnessTests
{
    [Fact]
    public void A_consumer_compiles_against_the_runtime_and_can_be_loaded()
    {
        var assembly = ConsumerProject.Of("""
            internal static class C { public static double Rate => new Rllc.OptimizerOptions().LearningRate; }
            """).Generate().Load();

        Assert.Equal(0.03, assembly.GetType("C")!.GetProperty("Rate")!.GetValue(null));
    }

    [Fact]
    public void A_compiler_error_is_reported() =>
        Assert.Contains(ConsumerProject.Of("class C { int F() => unknown; }").Generate().Diagnostics, diagnostic => diagnostic.Id == "CS0103");

    [Fact]
    public void A_missing_documentation_comment_is_reported() =>
        Assert.Contains(ConsumerProject.Of("public class C;").Generate().Diagnostics, diagnostic => diagnostic.Id == "CS1591");

    [Fact]
    public async Task Analyzers_report_on_the_consumers_sources()
    {
        var diagnostic = Assert.Single(await ConsumerProject.Of("class C;").AnalyzeAsync(new EveryClassAnalyzer()));

        Assert.Equal("(1,7)-(1,8)", Span(diagnostic));
    }

    private static string Span(Diagnostic diagnostic)
    {
        var span = diagnostic.Location.GetLineSpan().Span;
        return $"({span.Start.Line + 1},{span.Start.Character + 1})-({span.End.Line + 1},{span.End.Character + 1})";
    }

    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class EveryClassAnalyzer : DiagnosticAnalyzer
    {
        private static readonly DiagnosticDescriptor Descriptor = new("TEST", "t", "m", "c", DiagnosticSeverity.Warning, isEnabledByDefault: true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptor];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSymbolAction(c => c.ReportDiagnostic(Diagnostic.Create(Descriptor, c.Symbol.Locations[0])), SymbolKind.NamedType);
        }
    }
}
