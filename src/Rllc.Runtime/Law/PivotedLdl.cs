namespace Rllc;

/// <summary>Solves symmetric positive semidefinite systems by LDLᵀ with diagonal pivoting; allocates nothing after construction.</summary>
/// <param name="size">k, the number of unknowns.</param>
internal sealed class PivotedLdl(int size)
{
    /// <summary>The share of a diagonal entry, per unknown, below which what elimination leaves of it is rounding.</summary>
    public const double Rounding = 2.2e-16;

    private readonly int[] _order = new int[size];
    private readonly double[] _diagonal = new double[size];
    private readonly double[] _right = new double[size];

    /// <summary>
    /// Solves Ax = b. Pivots are chosen, and taken for zero, by what elimination has left of the diagonal entry they began
    /// as: the choice does not depend on the size of the units. An unknown without a pivot is 0.
    /// </summary>
    /// <param name="A">The matrix, row by row; overwritten.</param>
    /// <param name="b">The right side.</param>
    /// <param name="x">Becomes the solution.</param>
    public void Solve(double[] A, ReadOnlySpan<double> b, Span<double> x)
    {
        b.CopyTo(_right);
        for (var i = 0; i < size; i++)
            (_order[i], _diagonal[i]) = (i, A[i * size + i]);

        var rank = 0;
        while (rank < size && BringBestPivotTo(rank, A))
            Eliminate(_order[rank], _order.AsSpan(++rank), A);

        x.Clear();
        for (var i = rank - 1; i >= 0; i--)
        {
            var unknown = _order[i];
            var sum = _right[unknown];
            for (var j = i + 1; j < rank; j++)
                sum -= A[unknown * size + _order[j]] * x[_order[j]];
            x[unknown] = sum / A[unknown * size + unknown];
        }
    }

    private bool BringBestPivotTo(int rank, double[] A)
    {
        var rounding = size * Rounding;
        var (best, most) = (rank, rounding);
        for (var i = rank; i < size; i++)
        {
            var (unknown, began) = (_order[i], _diagonal[_order[i]]);
            var left = began > 0 ? A[unknown * size + unknown] / began : 0;
            if (left > most)
                (best, most) = (i, left);
        }

        (_order[rank], _order[best]) = (_order[best], _order[rank]);
        return most > rounding;
    }

    private void Eliminate(int pivot, ReadOnlySpan<int> remaining, double[] A)
    {
        foreach (var row in remaining)
        {
            var factor = A[row * size + pivot] / A[pivot * size + pivot];
            _right[row] -= factor * _right[pivot];
            foreach (var column in remaining)
                A[row * size + column] -= factor * A[pivot * size + column];
        }
    }
}
