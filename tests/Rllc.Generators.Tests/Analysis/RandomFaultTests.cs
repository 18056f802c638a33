extern alias generators;

using FsCheck;
using FsCheck.Fluent;
using generators::Rllc.Generators;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rllc.Generators.Tests.Rules;

namespace Rllc.Generators.Tests.Analysis;

public sealed class RandomFaultTests
{
    [Fact]
    public void One_fault_in_a_random_spec_is_shown_on_its_characters_in_every_kind_of_literal() =>
        Prop.ForAll(FaultySpecs.ToArbitrary(), Gen.Elements<LiteralWriter.Kind>(LiteralWriter.Kinds).ToArbitrary(), (faulty, kind) =>
        {
            var source = $"[Propagator({kind.Write(kind.HoldsLines ? faulty.Spec : faulty.Spec.Replace('\n', ' '))})] sealed partial class Declared;";

            var diagnostic = Assert.Single(RuleAssert.Project(source).AnalyzeAsync(new PropagatorAnalyzer()).GetAwaiter().GetResult());

            Assert.Equal(faulty.Rule, diagnostic.Id);
            var span = diagnostic.Location.SourceSpan;
            Assert.Equal(faulty.Fault, Decode(source.Substring(span.Start, span.Length)));
        }).QuickCheckThrowOnFailure();

    private sealed record FaultySpec(string Spec, string Fault, string Rule);

    // The faults hold no quote and no backslash, so an escape in one is read as in a regular literal and the rest stands as it is.
    private static string Decode(string source) => ((LiteralExpressionSyntax)SyntaxFactory.ParseExpression($"\"{source}\"")).Token.ValueText;

    private static Gen<FaultySpec> FaultySpecs =>
        from terms in Gen.Shuffle<string>(["M(0.9)", "M2(0.6)", "M₂(-.5)", "slow: M(0)", "CM(0.3+0.2i)", "vågen: CM(-0.5 − 0.1i)"])
        from count in Gen.Choose(0, 2)
        from position in Gen.Choose(0, count)
        from fault in Gen.Elements<(string Term, string Fault, string Rule)>(
            ("Mo(0.1)", "Mo", "RLLC002"),
            ("fast: 動量(0.1)", "動量", "RLLC002"),
            ("M(0,1)", "0,1", "RLLC003"),
            ("M(😀)", "😀", "RLLC003"),
            ("M₀(0.1)", "₀", "RLLC005"),
            ("class: M(0.1)", "class", "RLLC008"),
            ("M(0.1+0.7i)", "M(0.1+0.7i)", "RLLC010"),
            ("CM(0.1)", "CM(0.1)", "RLLC011"),
            ("M(−1.5)", "−1.5", "RLLC012"))
        from separator in Gen.Elements(" ⊕ ", "+", " (+)\t", "\n⊕ ", "⊕")
        select new FaultySpec(
            string.Join(separator, [.. terms.Take(position), fault.Term, .. terms.Skip(position).Take(count - position)]), fault.Fault, fault.Rule);
}
