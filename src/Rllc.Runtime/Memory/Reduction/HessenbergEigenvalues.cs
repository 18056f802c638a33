using System.Numerics;

namespace Rllc;

/// <summary>The eigenvalues of a small real Hessenberg matrix by the QR algorithm with implicit double shifts (Francis).</summary>
internal static class HessenbergEigenvalues
{
    /// <summary>Two or three sweeps an eigenvalue are usual, some dozens where eigenvalues coincide.</summary>
    private const int MostSweeps = 300;

    private const double Rounding = 2.3e-16;

    /// <summary>
    /// The eigenvalues of the square on the diagonal that starts at <paramref name="first"/>; complex ones in exact pairs, the
    /// conjugate with positive imaginary part first. Null where the algorithm does not converge, as with entries near overflow.
    /// </summary>
    public static IReadOnlyList<Complex>? Of(double[,] H, int first, int count)
    {
        var A = new double[count, count];
        for (var i = 0; i < count; i++)
        for (var j = Math.Max(0, i - 1); j < count; j++)
            A[i, j] = H[first + i, first + j];

        var values = new List<Complex>();
        for (var (end, sweeps) = (count - 1, 0); end >= 0;)
        {
            var start = end;
            while (start > 0 && !IsNegligible(A, start))
                start--;

            if (end - start > 1)
            {
                if (++sweeps > MostSweeps)
                    return null;
                Sweep(A, start, end, Shifts(A, end, isExceptional: sweeps % 10 == 0));
                continue;
            }

            if (start == end)
                values.Add(A[end, end]);
            else
                values.AddRange(OfPair(A[start, start], A[start, end], A[end, start], A[end, end]));
            (end, sweeps) = (start - 1, 0);
        }

        return values.TrueForAll(value => !double.IsNaN(value.Magnitude) && !double.IsInfinity(value.Magnitude)) ? values : null;
    }

    private static bool IsNegligible(double[,] A, int row)
    {
        var scale = Math.Abs(A[row, row]) + Math.Abs(A[row - 1, row - 1]);
        return Math.Abs(A[row, row - 1]) <= Rounding * (scale > 0 ? scale : A.Cast<double>().Max(entry => Math.Abs(entry)));
    }

    /// <summary>Sum and product of the two shifts: the eigenvalues of the last 2×2 square, or two numbers that break a cycle.</summary>
    private static (double Sum, double Product) Shifts(double[,] A, int end, bool isExceptional)
    {
        if (!isExceptional)
            return (A[end, end] + A[end - 1, end - 1], A[end, end] * A[end - 1, end - 1] - A[end, end - 1] * A[end - 1, end]);

        var size = Math.Abs(A[end, end - 1]) + Math.Abs(A[end - 1, end - 2]);
        return (1.5 * size, size * size);
    }

    // A reflection makes the first column of (A − shift₁)(A − shift₂) a multiple of e₁; the others chase what it spoilt out of A.
    private static void Sweep(double[,] A, int start, int end, (double Sum, double Product) shifts)
    {
        var first = end - 2;
        var column = FirstColumn(A, first, shifts);
        while (first > start && !IsNegligibleBefore(A, first, column))
            column = FirstColumn(A, --first, shifts);

        for (var row = first; row < end; row++)
        {
            var height = Math.Min(3, end - row + 1);
            if (row > first)
                column = [.. Enumerable.Range(row, height).Select(i => A[i, row - 1])];
            Reflect(A, start, end, row, column);
            for (var i = row + 1; i < row + height && row > start; i++)
                A[i, row - 1] = 0;
        }
    }

    /// <summary>The first column of (A − shift₁)(A − shift₂) for the part of A from a row on; the rest of it is 0.</summary>
    private static double[] FirstColumn(double[,] A, int row, (double Sum, double Product) shifts)
    {
        var (diagonal, below) = (A[row, row], A[row + 1, row]);
        return
        [
            diagonal * (diagonal - shifts.Sum) + shifts.Product + A[row, row + 1] * below,
            below * (diagonal + A[row + 1, row + 1] - shifts.Sum),
            below * A[row + 2, row + 1],
        ];
    }

    // Where two small entries below the diagonal follow each other, a sweep may start between them: what it leaves behind is rounding.
    private static bool IsNegligibleBefore(double[,] A, int row, double[] column) =>
        Math.Abs(A[row, row - 1]) * (Math.Abs(column[1]) + Math.Abs(column[2]))
        <= Rounding * Math.Abs(column[0]) * (Math.Abs(A[row - 1, row - 1]) + Math.Abs(A[row, row]) + Math.Abs(A[row + 1, row + 1]));

    /// <summary>PAP with the reflection P of the rows from <paramref name="row"/> on that makes the column a multiple of e₁.</summary>
    private static void Reflect(double[,] A, int start, int end, int row, double[] column)
    {
        var norm = VectorMath.Norm(column);
        if (norm == 0)
            return;

        var v = (double[])column.Clone();
        v[0] += v[0] < 0 ? -norm : norm;
        var length = VectorMath.Norm(v);
        for (var i = 0; i < v.Length; i++)
            v[i] /= length;

        for (var j = Math.Max(start, row - 1); j <= end; j++)
        {
            var product = v.Select((entry, i) => entry * A[row + i, j]).Sum();
            for (var i = 0; i < v.Length; i++)
                A[row + i, j] -= 2 * product * v[i];
        }

        for (var i = start; i <= Math.Min(end, row + v.Length); i++)
        {
            var product = v.Select((entry, j) => entry * A[i, row + j]).Sum();
            for (var j = 0; j < v.Length; j++)
                A[i, row + j] -= 2 * product * v[j];
        }
    }

    private static IEnumerable<Complex> OfPair(double a, double b, double c, double d)
    {
        var half = (a - d) / 2;
        var discriminant = half * half + b * c;
        if (discriminant < 0)
        {
            var value = new Complex((a + d) / 2, Math.Sqrt(-discriminant));
            return [value, Complex.Conjugate(value)];
        }

        // The larger distance from d first: nothing cancels. The product of both is −bc.
        var distance = half + (half < 0 ? -1 : 1) * Math.Sqrt(discriminant);
        return distance == 0 ? [d, d] : [d + distance, d - b * c / distance];
    }
}
