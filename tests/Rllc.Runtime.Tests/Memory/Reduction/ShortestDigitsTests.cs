namespace Rllc.Tests;

public sealed class ShortestDigitsTests
{
    [Theory]
    [InlineData(0.90000000000000002, 0.9)]
    [InlineData(0.8999999999999, 0.9)]
    [InlineData(-1.23456700000004e-3, -1.234567e-3)]
    [InlineData(1e-17, 0)]
    [InlineData(-0.0, 0)]
    [InlineData(1234.5678, 1234.5678)]
    public void Digits_that_are_rounding_are_left_out(double value, double expected) =>
        Assert.Equal(expected, ShortestDigits.Within(value, 1e-12));

    [Fact]
    public void A_number_that_needs_its_digits_keeps_them() => Assert.Equal(Math.PI, ShortestDigits.Within(Math.PI, 0));
}
