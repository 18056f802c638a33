namespace Rllc;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix by Jacobi rotations; allocates nothing.</summary>
internal static class SymmetricEigen
{
    private const int MostSweeps = 40;

    /// <summary>
    /// Turns <paramref name="A"/> into VᵀAV, diagonal to rounding. An off-diagonal entry counts as zero only where it is small
    /// against its own two diagonal entries, so that small eigenvalues of a graded matrix come out right too.
    /// </summary>
    /// <param name="size">k.</param>
    /// <param name="A">The symmetric matrix, row by row; its diagonal becomes the eigenvalues, in no order.</param>
    /// <param name="V">Becomes the orthogonal matrix whose columns are the eigenvectors.</param>
    public static void Diagonalize(int size, double[] A, double[] V)
    {
        Array.Clear(V, 0, size * size);
        for (var i = 0; i < size; i++)
            V[i * size + i] = 1;

        var rotated = true;
        for (var sweep = 0; rotated && sweep < MostSweeps; sweep++)
        {
            rotated = false;
            for (var p = 0; p < size; p++)
            for (var q = p + 1; q < size; q++)
                rotated |= Rotate(size, A, V, p, q);
        }
    }

    private static bool Rotate(int size, double[] A, double[] V, int p, int q)
    {
        var (app, aqq, apq) = (A[p * size + p], A[q * size + q], A[p * size + q]);
        if (Math.Abs(apq) <= 1e-17 * Math.Sqrt(Math.Abs(app)) * Math.Sqrt(Math.Abs(aqq)))
            return false;

        // The smaller of the two angles that make apq vanish.
        var cotangent = (aqq - app) / (2 * apq);
        var tangent = (cotangent < 0 ? -1 : 1) / (Math.Abs(cotangent) + Math.Sqrt(cotangent * cotangent + 1));
        var cosine = 1 / Math.Sqrt(tangent * tangent + 1);
        var sine = tangent * cosine;

        for (var i = 0; i < size; i++)
        {
            (V[i * size + p], V[i * size + q]) =
                (cosine * V[i * size + p] - sine * V[i * size + q], sine * V[i * size + p] + cosine * V[i * size + q]);
            if (i == p || i == q)
                continue;
            var (aip, aiq) = (A[i * size + p], A[i * size + q]);
            A[i * size + p] = A[p * size + i] = cosine * aip - sine * aiq;
            A[i * size + q] = A[q * size + i] = sine * aip + cosine * aiq;
        }

        A[p * size + p] = app - tangent * apq;
        A[q * size + q] = aqq + tangent * apq;
        A[p * size + q] = A[q * size + p] = 0;
        return true;
    }
}
