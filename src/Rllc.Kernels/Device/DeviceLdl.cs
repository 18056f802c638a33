using ILGPU;

namespace Rllc.Kernels;

/// <summary>
/// <see cref="PivotedLdl"/> on the device, by one thread: at most 16 unknowns are a few thousand operations, fewer than what the
/// barriers of a solve by the whole group would cost.
/// </summary>
internal static class DeviceLdl
{
    /// <summary>Solves Ax = b by LDLᵀ with diagonal pivoting, with the operations of <see cref="PivotedLdl.Solve"/> in their order.</summary>
    /// <param name="size">k, the number of unknowns.</param>
    /// <param name="b">The right side.</param>
    /// <param name="x">Becomes the solution.</param>
    /// <param name="scratch">Its A is the matrix, which is overwritten.</param>
    public static void Solve(int size, ArrayView<double> b, ArrayView<double> x, LawScratch scratch)
    {
        for (var i = 0; i < size; i++)
        {
            scratch.Right[i] = b[i];
            scratch.Order[i] = i;
            scratch.Diagonal[i] = scratch.A[i * size + i];
            x[i] = 0;
        }

        var rank = 0;
        while (rank < size && BringBestPivotTo(rank, size, scratch))
        {
            Eliminate(rank, size, scratch);
            rank++;
        }

        for (var i = rank - 1; i >= 0; i--)
        {
            var unknown = scratch.Order[i];
            var sum = scratch.Right[unknown];
            for (var j = i + 1; j < rank; j++)
                sum -= scratch.A[unknown * size + scratch.Order[j]] * x[scratch.Order[j]];
            x[unknown] = sum / scratch.A[unknown * size + unknown];
        }
    }

    private static bool BringBestPivotTo(int rank, int size, LawScratch scratch)
    {
        var rounding = size * PivotedLdl.Rounding;
        var best = rank;
        var most = rounding;
        for (var i = rank; i < size; i++)
        {
            var unknown = scratch.Order[i];
            var began = scratch.Diagonal[unknown];
            var left = began > 0 ? scratch.A[unknown * size + unknown] / began : 0;
            if (left > most)
            {
                best = i;
                most = left;
            }
        }

        var pivot = scratch.Order[best];
        scratch.Order[best] = scratch.Order[rank];
        scratch.Order[rank] = pivot;
        return most > rounding;
    }

    private static void Eliminate(int rank, int size, LawScratch scratch)
    {
        var pivot = scratch.Order[rank];
        for (var i = rank + 1; i < size; i++)
        {
            var row = scratch.Order[i];
            var factor = scratch.A[row * size + pivot] / scratch.A[pivot * size + pivot];
            scratch.Right[row] -= factor * scratch.Right[pivot];
            for (var j = rank + 1; j < size; j++)
            {
                var column = scratch.Order[j];
                scratch.A[row * size + column] -= factor * scratch.A[pivot * size + column];
            }
        }
    }
}
