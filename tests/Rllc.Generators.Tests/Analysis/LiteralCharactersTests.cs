extern alias generators;

using FsCheck;
using FsCheck.Fluent;
using generators::Rllc.Generators.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Rllc.Generators.Tests.Analysis;

public sealed class LiteralCharactersTests
{
    private const char Separator = '|';

    [Theory]
    [InlineData("""
        "M(0)"
        """, "M|(|0|)")]
    [InlineData("""
        "a\"b\\c\'d"
        """, """a|\"|b|\\|c|\'|d""")]
    [InlineData("""
        "\0\a\b\e\f\n\r\t\v"
        """, @"\0|\a|\b|\e|\f|\n|\r|\t|\v")]
    [InlineData("""
        "M\u2295M"
        """, @"M|\u2295|M")]
    [InlineData("""
        "\U00002295x"
        """, @"\U00002295|x")]
    [InlineData("""
        "\U0001F600x"
        """, @"\U0001F600|\U0001F600|x")]
    [InlineData("""
        "\x9\x41g\x2295M\x229500"
        """, @"\x9|\x41|g|\x2295|M|\x2295|0|0")]
    [InlineData("""
        "\x4"
        """, @"\x4")]
    [InlineData("""
        @"a""b\c"
        """, """a|""|b|\|c""")]
    [InlineData("@\"\"\"\"", "\"\"")]
    [InlineData(""""
        """a"b\u2295"""
        """", """a|"|b|\|u|2|2|9|5""")]
    [InlineData("\"\"\"\"a\"\"\"b\"\"\"\"", "a|\"|\"|\"|b")]
    [InlineData("\"\"\"  \n  a\n\n    b\n  \"\"\"", "a|\n|\n| | |b")]
    [InlineData("\"\"\"\r\n\ta\r\n\tb\r\n\t\"\"\"", "a|\r|\n|b")]
    [InlineData("\"\"\"\n  a\n \n   \n  b\n  \"\"\"", "a|\n|\n| |\n|b")]
    [InlineData("\"\"\"\na\n\"\"\"", "a")]
    [InlineData("\"\"\"\n\n\"\"\"", "")]
    [InlineData("\"\"", "")]
    public void Every_character_of_the_value_knows_its_source(string literal, string sources)
    {
        var token = Token(literal);
        Assert.False(token.ContainsDiagnostics);

        var spans = LiteralCharacters.Of(token);

        Assert.Equal(token.ValueText.Length, spans.Length);
        Assert.Equal(sources, string.Join(Separator, spans.Select(span => literal.Substring(span.Start, span.Length))));
    }

    [Theory]
    [InlineData("\"M(0.9)")]
    [InlineData("\"M\\q\"")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\U00110000\"")]
    [InlineData("\"\\u12")]
    [InlineData("\"\\x1")]
    [InlineData("@\"M")]
    [InlineData("\"\"\"M")]
    [InlineData("\"\"\"\n a\n  \"\"\"")]
    [InlineData("\"M\"u8")]
    [InlineData("'M'")]
    [InlineData("12")]
    public void What_is_no_complete_string_literal_has_no_characters(string literal) => Assert.Empty(LiteralCharacters.Of(Token(literal)));

    [Fact]
    public void A_position_in_the_file_is_added()
    {
        var token = Token("   \"M\"");

        Assert.Equal(4, Assert.Single(LiteralCharacters.Of(token)).Start);
    }

    [Fact]
    public void Every_kind_of_literal_of_a_random_text_maps_each_character_to_what_stands_for_it() =>
        Prop.ForAll(Texts.ToArbitrary(), Gen.Elements<LiteralWriter.Kind>(LiteralWriter.Kinds).ToArbitrary(), (text, kind) =>
        {
            if (!kind.HoldsLines)
                text = text.Replace('\n', ' ');
            var literal = kind.Write(text);
            var token = Token(literal);
            var spans = LiteralCharacters.Of(token);
            Assert.Equal(text, token.ValueText.Replace("\r\n", "\n", StringComparison.Ordinal));
            Assert.Equal(token.ValueText.Length, spans.Length);
            Assert.All(spans, (span, i) => Assert.Equal(token.ValueText[i].ToString(), Decode(literal.Substring(span.Start, span.Length))));

            // One character: an escape stands for itself in a regular literal, everything else as it is.
            string Decode(string source) => source.StartsWith('\\') ? Token($"\"{source}\"").ValueText : source == "\"\"" ? "\"" : source;
        }).QuickCheckThrowOnFailure();

    // A raw literal cannot begin or end with a quote; its other quotes are fewer than its delimiter has.
    private static Gen<string> Texts =>
        from inner in Gen.Elements("M", "CM2", "(", "0.9", "a", "F", "⊕", "😀", " ", "\t", "\"", "\n", "−", ":").ListOf()
        select $"M{string.Concat(inner).Replace("\"\"", "\"", StringComparison.Ordinal)}0";

    private static SyntaxToken Token(string literal) => SyntaxFactory.ParseExpression(literal).GetFirstToken();
}
