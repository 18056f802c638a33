using FsCheck;
using FsCheck.Fluent;
using Rllc.Spec;

namespace Rllc.Runtime.Tests.Spec;

public sealed class RoundTripTests
{
    private static readonly Config Random = Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true);

    private static readonly Gen<double> Part = Gen.OneOf(
        Gen.Choose(-99, 99).Select(hundredths => hundredths / 100.0),
        Gen.Choose(-int.MaxValue, int.MaxValue).Select(value => value / (double)int.MaxValue * 0.7),
        Gen.Choose(1, 40).SelectMany(exponent => Gen.Choose(-9, 9).Select(digit => digit * Math.Pow(10, -exponent))));

    private static readonly Gen<string?> Label = Gen.Elements(null, "slow", "fast", "i", "M", "M2", "_", "ääni", "Re");

    private static readonly Gen<Propagator> Block =
        from isComplex in Gen.Elements(true, false)
        from order in Gen.Choose(1, 4)
        from real in Part
        from imaginary in Part
        from label in Label
        select new Propagator(isComplex, order, real, isComplex ? imaginary : 0, label, "", "");

    private static readonly Arbitrary<Propagator[]> Blocks = Gen.Choose(1, 5).SelectMany(count => Block.ArrayOf(count)).ToArbitrary();

    [Fact]
    public void The_canonical_text_of_blocks_parses_to_the_same_blocks()
    {
        Check.One(Random, Prop.ForAll(Blocks, blocks =>
        {
            var text = SpecPrinter.Print(blocks);

            var tree = SpecParser.Parse(text);

            Assert.Empty(tree.Diagnostics);
            var parsed = SpecBlock.Of([tree]).Select(block => block.Propagator with { RealText = "", ImaginaryText = "" }).ToArray();
            Assert.Equal(blocks, parsed);
            Assert.Equal(text, SpecPrinter.Print(parsed));
        }));
    }

    [Fact]
    public void A_legal_spec_equals_the_one_that_its_text_parses_to()
    {
        var legal = 0;
        Check.One(Random, Prop.ForAll(Blocks, blocks =>
        {
            if (PropagatorSpec.Analyze(SpecPrinter.Print(blocks)).Spec is not { } spec)
            {
                return;
            }

            var parsed = PropagatorSpec.Parse(spec.ToString());

            legal++;
            Assert.Equal(spec, parsed);
            Assert.Equal(spec.GetHashCode(), parsed.GetHashCode());
            Assert.Equal(spec.Propagators, parsed.Propagators.AsEnumerable());
            Assert.Equal(spec.UnitNames, parsed.UnitNames.AsEnumerable());
            Assert.Equal(spec.UnitCount, spec.UnitNames.Distinct().Count());
            Assert.Equal(spec.UnitCount, spec.Propagators.Sum(propagator => propagator.UnitCount));
            Assert.All(spec.UnitNames, name => Assert.Equal(name, Labels.Identifier(name)));
        }));
        Assert.True(legal > 50, $"Only {legal} of the random specs are legal.");
    }

    [Fact]
    public void Numbers_are_printed_with_the_fewest_digits_that_tell_them_apart()
    {
        Check.One(Random, Prop.ForAll(Part.ToArbitrary(), value =>
        {
            var shortest = value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

            var printed = SpecPrinter.Print(value);

            Assert.Equal(value, double.Parse(printed, System.Globalization.CultureInfo.InvariantCulture));
            Assert.True(printed.Length <= shortest.Length, $"{printed} is longer than {shortest}.");
        }));
    }
}
