using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Text;

namespace Rllc.CodeFixes.Tests;

public sealed class UniteSpecsRefactoringTests
{
    [Fact]
    public async Task Two_attributes_become_one()
    {
        const string Source = """
            /// <summary>Two units.</summary>
            [Propagator("M(0.9) + M2(0.6)")]
            [Propagator(@" slow: M(0.99) ")]
            sealed partial class Declared;
            """;
        Assert.Equal("""
            /// <summary>Two units.</summary>
            [Propagator("M(0.9) + M2(0.6) ⊕ slow: M(0.99)")]
            sealed partial class Declared;
            """, await Refactored(Source, "M(0.9)"));
    }

    [Fact]
    public async Task What_stands_between_them_stays()
    {
        const string Source = """
            [Propagator("M(0.9)"), Hyperparameters(LearningRate = 1)]
            [FixedLaw(1, 2), Propagator("M(0)")]
            sealed partial class Declared;
            """;
        Assert.Equal("""
            [Propagator("M(0.9) ⊕ M(0)"), Hyperparameters(LearningRate = 1)]
            [FixedLaw(1, 2)]
            sealed partial class Declared;
            """, await Refactored(Source, "M(0)"));
    }

    [Theory]
    [InlineData("""[Propagator("M(0.9)")] sealed partial class Declared;""")]
    [InlineData("""[Propagator("M(0.9)")] sealed partial class Declared; [Propagator("M(0)")] partial class Declared;""")]
    [InlineData("""[Propagator("M(0.9)"), Propagator(Spec)] sealed partial class Declared { const string Spec = "M(0)"; }""")]
    public async Task Nothing_is_offered_where_there_is_nothing_to_unite(string source) =>
        Assert.Empty(await Offers(SourceDocument.Of(source), "M(0.9)"));

    private static async Task<string> Refactored(string source, string at)
    {
        var document = SourceDocument.Of(source);
        return await SourceDocument.TextOf(await SourceDocument.Apply(document, Assert.Single(await Offers(document, at))));
    }

    private static async Task<ImmutableArray<CodeAction>> Offers(Document document, string at)
    {
        var offers = ImmutableArray.CreateBuilder<CodeAction>();
        var start = (await SourceDocument.TextOf(document)).IndexOf(at, StringComparison.Ordinal);
        await new UniteSpecsRefactoring().ComputeRefactoringsAsync(new CodeRefactoringContext(document, new TextSpan(start, 0), offers.Add, CancellationToken.None));
        return offers.ToImmutable();
    }
}
