using FsCheck;
using FsCheck.Fluent;
using Rllc.Spec;

namespace Rllc.Runtime.Tests.Spec;

/// <summary>Whatever the text, there is a tree, and each of its nodes and faults lies on characters of the text.</summary>
public sealed class TotalityTests
{
    private static readonly Config Random = Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true);

    [Fact]
    public void Every_prefix_of_a_spec_parses()
    {
        AssertTotal(text => Enumerable.Range(0, text.Length + 1).Select(length => text[..length]));
    }

    [Fact]
    public void Every_suffix_of_a_spec_parses()
    {
        AssertTotal(text => Enumerable.Range(0, text.Length + 1).Select(start => text[start..]));
    }

    [Fact]
    public void Every_spec_with_one_character_deleted_parses()
    {
        AssertTotal(text => Enumerable.Range(0, text.Length).Select(index => text.Remove(index, 1)));
    }

    [Fact]
    public void Every_spec_with_one_character_inserted_parses()
    {
        AssertTotal(text => Enumerable.Range(0, text.Length + 1).SelectMany(index => "⊕(:0".Select(c => text.Insert(index, c.ToString()))));
    }

    [Fact]
    public void Every_soup_of_the_languages_own_characters_parses()
    {
        Soup(Gen.Elements("MCNi0129.eE+-−⊕():_₂ \n\0,ä😀\u200b".ToCharArray()));
    }

    [Fact]
    public void Every_soup_of_any_characters_parses()
    {
        Soup(Gen.Choose(char.MinValue, char.MaxValue).Select(code => (char)code));
    }

    [Fact]
    public void Every_soup_of_words_parses()
    {
        var words = Gen.Elements("M", "CM", "M2", "N", "(", ")", "(+)", "+", "⊕", ":", "slow", "0.9", "0.3+0.2i", "i", "₂", " ", ";");
        Check.One(Random, Prop.ForAll(
            words.ArrayOf().Select(string.Concat).ToArbitrary(), AssertSpans));
    }

    private static void Soup(Gen<char> characters) => Check.One(Random, Prop.ForAll(
        characters.ArrayOf().Select(soup => new string(soup)).ToArbitrary(), AssertSpans));

    private static void AssertTotal(Func<string, IEnumerable<string>> damage)
    {
        foreach (var text in Samples.All.SelectMany(damage))
        {
            AssertSpans(text);
        }
    }

    private static void AssertSpans(string text)
    {
        var analysis = PropagatorSpec.Analyze(text, text);

        Assert.Equal(analysis.Spec is null, analysis.Diagnostics.Any(fault => fault.Rule.Severity == RuleSeverity.Error));
        Assert.All(analysis.Diagnostics, fault =>
        {
            AssertInside(fault.Span, new(0, text.Length), text.Length == 0);
            Assert.NotEmpty(fault.Message);
        });
        Assert.All(analysis.Trees.SelectMany(tree => tree.Terms), term =>
        {
            AssertInside(term.Span, new(0, text.Length));
            SpecSpan?[] parts = [term.Label?.Span, term.Name?.Span, term.Order?.Span, term.Number?.Span];
            Assert.All(parts.OfType<SpecSpan>(), part => AssertInside(part, term.Span));
        });
        if (analysis.Spec is null)
        {
            Assert.NotEmpty(new SpecException(analysis).Message);
        }
    }

    private static void AssertInside(SpecSpan span, SpecSpan whole, bool canBeEmpty = false)
    {
        Assert.True(span.Start >= whole.Start && span.End <= whole.End, $"{span} is not inside of {whole}.");
        Assert.True(span.Length > 0 || canBeEmpty, $"{span} is empty.");
    }
}
