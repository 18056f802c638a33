using Rllc.Runtime.Tests.Spec;
using Rllc.Spec;

namespace Rllc.Runtime.Tests.Safety;

public class SpecFuzzTests
{
    // Texts are short; what an analysis allocates is the tree, the faults with their messages, and for a legal spec S.
    private const int AllocatedPerCharacter = 5_000;
    private const int AllocatedAtLeast = 1_000_000;

    private static readonly string[] Words =
    [
        "M", "CM", "M2", "CM₁₆", "M17", "M_", "(", ")", "(+)", "+", "-", "−", "⊕", ":", "slow:", "get_slow:", "class:", "i", "0", "0.9", "1", "1e-45",
        "1e999", "0.99999999", "0.3+0.2i", "-.5i", ".", "e", "₂", "_", " ", "\n", "\0", "\u200b", "\ud83d", "😀", "é", "M(0.9)", " ⊕ M(0.5)", "CM2(0.6i)",
    ];

    [Fact]
    public void Whatever_becomes_of_a_spec_it_is_read_or_refused_with_its_faults() => Fuzz.Run(Effort.Of(15_000, 2_000_000), random =>
    {
        var text = Fuzz.Mutate(Samples.All[random.Next(Samples.All.Length)], random, (text, random) => Fuzz.ChangePiece(text, random, Words));
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var spec = PropagatorSpec.Parse(text);
            Assert.Equal(spec, PropagatorSpec.Parse(spec.ToString()));
            Assert.InRange(spec.UnitCount, 1, PropagatorSpec.MaxUnits);
        }
        catch (SpecException e)
        {
            Assert.Contains(e.Diagnostics, fault => fault.Rule.Severity == RuleSeverity.Error);
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AllocatedAtLeast + AllocatedPerCharacter * (long)text.Length);
    });

    [Theory]
    [InlineData("M(0.9) ⊕ ")]
    [InlineData("M")]
    [InlineData("(")]
    [InlineData("M(")]
    [InlineData("(M ")]
    [InlineData("a ")]
    [InlineData("a b:")]
    [InlineData("+")]
    [InlineData("1 ")]
    [InlineData("a: M(0.5) ")]
    [InlineData("M(1+")]
    [InlineData("1i-")]
    [InlineData(":")]
    [InlineData("₂")]
    [InlineData("0.9)")]
    public void A_piece_repeated_without_end_is_refused_in_time(string piece) => Fuzz.Run(1, _ =>
    {
        var text = string.Concat(Enumerable.Repeat(piece, 20_000 / piece.Length));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<SpecException>(() => PropagatorSpec.Parse(text));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AllocatedPerCharacter * (long)text.Length);
    });
}
