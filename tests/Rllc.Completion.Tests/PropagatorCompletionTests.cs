extern alias runtime;

using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.Text;
using runtime::Rllc.Spec;

namespace Rllc.Completion.Tests;

public sealed class PropagatorCompletionTests
{
    private const string Propagators = "M(β) M2(β) CM(α+βi) CM2(α+βi)";

    [Theory]
    [InlineData("Propagator(\"|\")", Propagators)]
    [InlineData("Propagator(@\"|\")", Propagators)]
    [InlineData("Propagator(\"\"\"M(0.9) ⊕ |\"\"\")", Propagators)]
    [InlineData("Propagator(\"\"\"\n    M(0.9) ⊕\n    |\n    \"\"\")", Propagators)]
    [InlineData("Propagator(\"M(0.9) ⊕ |\")", Propagators)]
    [InlineData("Propagator(\"M(0.9) \\u2295 |\")", Propagators)]
    [InlineData("Propagator(\"M(0.9) + |\")", Propagators)]
    [InlineData("Propagator(\"M(0.9) (+) |\")", Propagators)]
    [InlineData("Propagator(\"M(0.9) ⊕ | ⊕ M(0)\")", Propagators)]
    [InlineData("Propagator(\"C|\")", Propagators)]
    [InlineData("Propagator(\"fast: |\")", Propagators)]
    [InlineData("Propagator(\"|M(0.9)\")", Propagators)]
    [InlineData("Rllc.PropagatorAttribute(\"|\")", Propagators)]
    [InlineData("Propagator(\"M(0.9)|\")", "⊕")]
    [InlineData("Propagator(\"CM(0.3+0.2i) |\")", "⊕")]
    [InlineData("Propagator(\"M(0.9 ⊕ |\")", Propagators)]
    [InlineData("Propagator(\"M(0.9)| ⊕ M(0)\")", "")]
    [InlineData("Propagator(\"M(0.9) |M(0)\")", "")]
    [InlineData("Propagator(\"M(|)\")", "")]
    [InlineData("Propagator(\"M(0.9|)\")", "")]
    [InlineData("Propagator(\"CM(0.3+|0.2i)\")", "")]
    [InlineData("Propagator(\"CM(0.3+0.2i|)\")", "")]
    [InlineData("Propagator(\"M(0.9) \\u2|295 \")", "")]
    [InlineData("Propagator(\"M(0.9)\"|)", "")]
    [InlineData("Propagator(|\"M(0.9)\")", "")]
    [InlineData("System.Obsolete(\"|\")", "")]
    public async Task What_may_stand_at_the_caret_is_offered(string attribute, string expected)
    {
        using var editor = Editor.WithAttribute(attribute);
        Assert.Equal(expected, string.Join(' ', (await editor.OffersAsync()).Select(item => item.DisplayText + item.DisplayTextSuffix)));
    }

    [Theory]
    [InlineData("public class Mine { public string Spec = \"|\"; }")]
    [InlineData("|")]
    [InlineData("// [Propagator(\"|\")]")]
    public async Task Elsewhere_nothing_is(string file)
    {
        using var editor = Editor.WithFile(file);
        Assert.Empty(await editor.OffersAsync());
    }

    [Theory]
    [InlineData("|", "M", "M(|)")]
    [InlineData("M(0.9) ⊕ C|", "CM", "M(0.9) ⊕ CM(|)")]
    [InlineData("M(0.9) ⊕ m|", "M2", "M(0.9) ⊕ M2(|)")]
    [InlineData("slow: M|(0.9)", "M2", "slow: M2(|0.9)")]
    [InlineData("M(0.9) \\u2295 C| \\u2295 M(0)", "CM2", "M(0.9) \\u2295 CM2(|) \\u2295 M(0)")]
    [InlineData("C|M(0.3+0.2i)", "CM", "CM(|0.3+0.2i)")]
    [InlineData("M(0.9) |", "⊕", "M(0.9) ⊕ |")]
    [InlineData("M(0.9)|", "⊕", "M(0.9) ⊕ |")]
    public async Task What_is_taken_replaces_what_was_typed_of_it(string before, string word, string after)
    {
        using var editor = Editor.WithAttribute($"Propagator(\"{before}\")");
        Assert.StartsWith($"[Propagator(\"{after}\")]", await editor.TakeAsync(word), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_parenthesis_that_takes_a_name_is_not_written_twice()
    {
        using var editor = Editor.WithAttribute("Propagator(\"M|\")");
        Assert.StartsWith("[Propagator(\"M(|)\")]", await editor.TakeAsync("M", commitKey: '('), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_parenthesis_takes_a_name_and_nothing_what_joins()
    {
        using var names = Editor.WithAttribute("Propagator(\"|\")");
        using var joint = Editor.WithAttribute("Propagator(\"M(0.9)|\")");
        Assert.All(await names.OffersAsync(), item => Assert.Equal("(", Committing(item)));
        Assert.All(await joint.OffersAsync(), item => Assert.Equal("", Committing(item)));

        static string Committing(CompletionItem item)
        {
            var rule = Assert.Single(item.Rules.CommitCharacterRules);
            Assert.Equal(CharacterSetModificationKind.Replace, rule.Kind);
            return string.Concat(rule.Characters);
        }
    }

    [Theory]
    [InlineData('M')]
    [InlineData('"')]
    [InlineData(' ')]
    public async Task Typing_in_a_spec_is_enough(char typed)
    {
        using var editor = Editor.WithAttribute(typed == ' ' ? "Propagator(\"M(0.9) ⊕ |\")" : typed == 'M' ? "Propagator(\"M|\")" : "Propagator(\"|\")");
        Assert.NotEmpty(await editor.OffersAsync(CompletionTrigger.CreateInsertionTrigger(typed)));
    }

    [Theory]
    [InlineData("[Propagator(\"M(0.9|", '9')]
    [InlineData("[Obsolete(\"M|", 'M')]
    public void Typing_elsewhere_asks_for_nothing(string line, char typed) =>
        Assert.False(new PropagatorCompletionProvider().ShouldTriggerCompletion(
            SourceText.From(line.Replace("|", "", StringComparison.Ordinal)), line.IndexOf('|', StringComparison.Ordinal), CompletionTrigger.CreateInsertionTrigger(typed), null!));

    [Fact]
    public async Task Every_offer_is_of_the_language_and_says_what_it_means()
    {
        using var editor = Editor.WithAttribute("Propagator(\"|\")");
        foreach (var item in await editor.OffersAsync())
        {
            Assert.Single(PropagatorSpec.Parse($"{item.DisplayText}({(item.DisplayText[0] == 'C' ? "0.3+0.2i" : "0.5")})").Propagators);
            Assert.EndsWith(".", await editor.DescriptionAsync(item), StringComparison.Ordinal);
        }
    }
}
