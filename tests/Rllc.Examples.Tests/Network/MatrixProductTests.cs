using Quickstart.Network;

namespace Rllc.Examples.Tests.Network;

public class MatrixProductTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 5, 2)]
    [InlineData(4, 7, 16)]
    [InlineData(6, 3, 17)]
    [InlineData(9, 128, 40)]
    [InlineData(16, 50, 10)]
    public void A_product_is_added_to_what_was_there(int rows, int inner, int columns)
    {
        var (a, b, c) = (RandomValues(rows * inner), RandomValues(inner * columns), RandomValues(rows * columns));
        var expected = Enumerable.Range(0, rows * columns).Select(at =>
            c[at] + Enumerable.Range(0, inner).Sum(k => (double)a[at / columns * inner + k] * b[k * columns + at % columns])).ToArray();

        MatrixProduct.Add(a, b, c, inner, columns);

        Assert.All(expected.Zip(c), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Theory]
    [InlineData(5, 0, 5, 3, 2)]
    [InlineData(9, 2, 4, 6, 33)]
    [InlineData(16, 3, 13, 20, 10)]
    public void A_transposed_product_takes_the_columns_asked_for(int width, int first, int rows, int inner, int columns)
    {
        var (a, b, c) = (RandomValues(inner * width), RandomValues(inner * columns), new float[rows * columns]);
        var expected = Enumerable.Range(0, rows * columns).Select(at =>
            Enumerable.Range(0, inner).Sum(k => (double)a[k * width + first + at / columns] * b[k * columns + at % columns])).ToArray();

        MatrixProduct.AddTransposed(a, width, first, b, c, inner, columns);

        Assert.All(expected.Zip(c), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void Rows_computed_alone_have_the_bits_of_rows_computed_together()
    {
        const int Rows = 7, Inner = 61, Columns = 37;
        var (a, b, together) = (RandomValues(Rows * Inner), RandomValues(Inner * Columns), new float[Rows * Columns]);
        MatrixProduct.Add(a, b, together, Inner, Columns);

        var alone = new float[Rows * Columns];
        for (var row = 0; row < Rows; row++)
            MatrixProduct.Add(a.AsSpan(row * Inner, Inner), b, alone.AsSpan(row * Columns, Columns), Inner, Columns);

        Assert.Equal(together, alone);
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => MatrixProduct.Add(new float[6], new float[6], new float[5], 3, 2));
        Assert.Throws<ArgumentException>(() => MatrixProduct.AddTransposed(new float[6], 3, 2, new float[4], new float[4], 2, 2));
    }

    private static float[] RandomValues(int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }
}
