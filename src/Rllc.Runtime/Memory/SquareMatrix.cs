using System.Collections.Immutable;

namespace Rllc;

/// <summary>An immutable real k×k matrix: B, S and G of a linear memory with k units.</summary>
public sealed class SquareMatrix
{
    private readonly double[] _entries;

    /// <summary>Copies a square array.</summary>
    /// <param name="entries">The entries, [row, column].</param>
    /// <exception cref="ArgumentException">The array is not square, or has no entries.</exception>
    public SquareMatrix(double[,] entries)
        : this(entries.GetLength(0), new double[entries.Length])
    {
        if (Size == 0 || entries.GetLength(1) != Size)
            throw new ArgumentException($"A square matrix is needed, not {Size}×{entries.GetLength(1)}.", nameof(entries));

        for (var row = 0; row < Size; row++)
        for (var column = 0; column < Size; column++)
            _entries[row * Size + column] = entries[row, column];
    }

    private SquareMatrix(int size, double[] entries) => (Size, _entries) = (size, entries);

    /// <summary>k, the number of rows and of columns.</summary>
    public int Size { get; }

    /// <summary>The entry in a row and a column, both counted from 0.</summary>
    /// <param name="row">0 … k−1.</param>
    /// <param name="column">0 … k−1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The matrix has no such entry.</exception>
    public double this[int row, int column] =>
        (uint)row >= (uint)Size ? throw new ArgumentOutOfRangeException(nameof(row))
        : (uint)column >= (uint)Size ? throw new ArgumentOutOfRangeException(nameof(column))
        : _entries[row * Size + column];

    /// <summary>Copies k² entries, row after row.</summary>
    /// <param name="size">k, at least 1.</param>
    /// <param name="entries">The k² entries.</param>
    /// <exception cref="ArgumentException">There are not k² entries.</exception>
    public static SquareMatrix FromRowMajor(int size, ReadOnlySpan<double> entries) =>
        size < 1 || entries.Length != size * size
            ? throw new ArgumentException($"A matrix of size {size} has {size}² entries, not {entries.Length}.", nameof(entries))
            : new(size, entries.ToArray());

    /// <summary>The k×k unit matrix.</summary>
    /// <param name="size">k, at least 1.</param>
    public static SquareMatrix Identity(int size)
    {
        var entries = new double[size * size];
        for (var i = 0; i < size; i++)
            entries[i * size + i] = 1;
        return new(size, entries);
    }

    /// <summary>The k² entries, row after row, in a new array.</summary>
    public double[] ToRowMajor() => (double[])_entries.Clone();

    /// <summary>The matrix with rows and columns exchanged.</summary>
    public SquareMatrix Transpose()
    {
        var entries = new double[_entries.Length];
        for (var row = 0; row < Size; row++)
        for (var column = 0; column < Size; column++)
            entries[column * Size + row] = _entries[row * Size + column];
        return new(Size, entries);
    }

    /// <summary>The matrix product.</summary>
    /// <param name="left">The left factor.</param>
    /// <param name="right">The right factor, of the same size.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static SquareMatrix operator *(SquareMatrix left, SquareMatrix right)
    {
        var size = SameSize(left, right);
        var entries = new double[size * size];
        for (var row = 0; row < size; row++)
        for (var inner = 0; inner < size; inner++)
        {
            var factor = left._entries[row * size + inner];
            if (factor == 0)
                continue;
            for (var column = 0; column < size; column++)
                entries[row * size + column] += factor * right._entries[inner * size + column];
        }

        return new(size, entries);
    }

    /// <summary>The sum, entry by entry.</summary>
    /// <param name="left">One summand.</param>
    /// <param name="right">The other, of the same size.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static SquareMatrix operator +(SquareMatrix left, SquareMatrix right)
    {
        var entries = new double[SameSize(left, right) * left.Size];
        for (var i = 0; i < entries.Length; i++)
            entries[i] = left._entries[i] + right._entries[i];
        return new(left.Size, entries);
    }

    /// <summary>The difference, entry by entry.</summary>
    /// <param name="left">The minuend.</param>
    /// <param name="right">The subtrahend, of the same size.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static SquareMatrix operator -(SquareMatrix left, SquareMatrix right) => left + -1 * right;

    /// <summary>Every entry multiplied by a number.</summary>
    /// <param name="factor">The number.</param>
    /// <param name="matrix">The matrix.</param>
    public static SquareMatrix operator *(double factor, SquareMatrix matrix)
    {
        var entries = matrix.ToRowMajor();
        for (var i = 0; i < entries.Length; i++)
            entries[i] *= factor;
        return new(matrix.Size, entries);
    }

    /// <summary>The row vector xᵀA.</summary>
    /// <param name="row">x, of k entries.</param>
    /// <param name="matrix">A.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static ImmutableArray<double> operator *(ImmutableArray<double> row, SquareMatrix matrix)
    {
        if (row.Length != matrix.Size)
            throw new ArgumentException($"A vector of {row.Length} entries does not fit a matrix of size {matrix.Size}.", nameof(row));

        var product = new double[matrix.Size];
        for (var i = 0; i < product.Length; i++)
        for (var column = 0; column < product.Length; column++)
            product[column] += row[i] * matrix._entries[i * product.Length + column];
        return ImmutableArray.Create(product);
    }

    /// <summary>The matrix multiplied with itself.</summary>
    /// <param name="exponent">How many factors; 0 gives the unit matrix.</param>
    public SquareMatrix Power(long exponent)
    {
        var power = Identity(Size);
        for (var square = this; exponent > 0; exponent >>= 1, square *= square)
            if ((exponent & 1) == 1)
                power *= square;
        return power;
    }

    /// <summary>The inverse, by Gauss-Jordan elimination with row exchanges.</summary>
    /// <exception cref="InvalidOperationException">The matrix is singular.</exception>
    public SquareMatrix Inverse()
    {
        var (left, right) = (ToRowMajor(), Identity(Size)._entries);
        for (var column = 0; column < Size; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < Size; row++)
                if (Math.Abs(left[row * Size + column]) > Math.Abs(left[pivot * Size + column]))
                    pivot = row;
            if (left[pivot * Size + column] == 0)
                throw new InvalidOperationException("The matrix is singular.");

            for (var j = 0; j < Size; j++)
            {
                (left[column * Size + j], left[pivot * Size + j]) = (left[pivot * Size + j], left[column * Size + j]);
                (right[column * Size + j], right[pivot * Size + j]) = (right[pivot * Size + j], right[column * Size + j]);
            }

            var diagonal = left[column * Size + column];
            for (var j = 0; j < Size; j++)
            {
                left[column * Size + j] /= diagonal;
                right[column * Size + j] /= diagonal;
            }

            for (var row = 0; row < Size; row++)
            {
                var factor = left[row * Size + column];
                if (row == column || factor == 0)
                    continue;
                for (var j = 0; j < Size; j++)
                {
                    left[row * Size + j] -= factor * left[column * Size + j];
                    right[row * Size + j] -= factor * right[column * Size + j];
                }
            }
        }

        return new(Size, right);
    }

    /// <summary>The sum of the diagonal.</summary>
    public double Trace()
    {
        var sum = 0.0;
        for (var i = 0; i < Size; i++)
            sum += _entries[i * Size + i];
        return sum;
    }

    /// <summary>The largest absolute value of an entry.</summary>
    internal double LargestEntry()
    {
        var largest = 0.0;
        foreach (var entry in _entries)
            largest = Math.Max(largest, Math.Abs(entry));
        return largest;
    }

    /// <summary>The matrix with every entry replaced.</summary>
    internal SquareMatrix Map(Func<double, double> replace) => new(Size, Array.ConvertAll(_entries, entry => replace(entry)));

    /// <summary>The rows, aligned, in the invariant culture.</summary>
    public override string ToString() => TextTable.Print(this);

    private static int SameSize(SquareMatrix left, SquareMatrix right) =>
        left.Size == right.Size
            ? left.Size
            : throw new ArgumentException($"Matrices of size {left.Size} and {right.Size} do not go together.");
}
