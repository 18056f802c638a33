namespace Rllc.Runtime.Tests.PublicApi;

public sealed class LineDifferenceTests
{
    [Fact]
    public void Equal_texts_have_none() => Assert.Empty(LineDifference.Between("a\nb\n", "a\nb\n"));

    [Fact]
    public void A_changed_line_is_one_that_went_and_one_that_came() =>
        Assert.Equal(["2: - int B", "3: + long B"], LineDifference.Between("int A\n  int B\nint C", "int A\n  long B\nint C"));

    [Fact]
    public void A_line_that_is_there_twice_goes_missing_where_it_did() =>
        Assert.Equal(["5: - int Length"], LineDifference.Between("X\n int Length\n}\nY\n int Length\n}", "X\n int Length\n}\nY\n}"));

    [Fact]
    public void Lines_at_both_ends_are_seen() =>
        Assert.Equal(["1: + A", "3: + C"], LineDifference.Between("B\n}", "A\nB\n}\nC"));
}
