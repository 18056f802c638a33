namespace Rllc;

/// <summary>G⁺c with G⁺ kept bounded where G is near singular; allocates nothing after construction.</summary>
internal sealed class RelaxedInverse
{
    private readonly Relaxation _relaxation;
    private readonly double _epsilon;
    private readonly int _size;
    private readonly double[]? _S;
    private readonly double[] _inverseS;
    private readonly double[] _A;
    private readonly double[] _eigenvectors;
    private readonly PivotedLdl _ldl;

    /// <summary>Prepares for one relaxation.</summary>
    /// <param name="relaxation">Which one.</param>
    /// <param name="epsilon">ε, its strength.</param>
    /// <param name="S">The memory's stationary Gram matrix; <see cref="Relaxation.Invariant"/> alone needs it.</param>
    public RelaxedInverse(Relaxation relaxation, double epsilon, SquareMatrix S) : this(relaxation, epsilon, S.Size)
    {
        _S = S.ToRowMajor();
        var unit = new double[_size];
        for (var i = 0; i < _size; i++)
        {
            Array.Clear(unit);
            unit[i] = 1;
            _S.CopyTo(_A, 0);
            _ldl.Solve(_A, unit, _inverseS.AsSpan(i * _size, _size));
        }
    }

    /// <summary>
    /// Prepares for a memory without a stationary Gram matrix. For <see cref="Relaxation.Invariant"/> diag(G) stands for it, which follows
    /// the scales of the units likewise, and for which τ = tr(S⁻¹G)/k is 1.
    /// </summary>
    /// <param name="relaxation">Which relaxation.</param>
    /// <param name="epsilon">ε, its strength.</param>
    /// <param name="size">k.</param>
    public static RelaxedInverse OfDiagonal(Relaxation relaxation, double epsilon, int size) => new(relaxation, epsilon, size);

    private RelaxedInverse(Relaxation relaxation, double epsilon, int size)
    {
        (_relaxation, _epsilon, _size) = (relaxation, epsilon, size);
        _ldl = new(_size);
        _A = new double[_size * _size];
        _eigenvectors = new double[_size * _size];
        _inverseS = new double[_size * _size];
    }

    /// <summary>S⁻¹, row by row.</summary>
    public ReadOnlySpan<double> InverseS => _inverseS;

    /// <summary>Computes δ = G⁺c; 0 where G is 0.</summary>
    /// <param name="G">The Gram matrix, row by row.</param>
    /// <param name="c">The gradient's products with the memory units.</param>
    /// <param name="result">Becomes δ.</param>
    public void Apply(ReadOnlySpan<double> G, ReadOnlySpan<double> c, Span<double> result)
    {
        result.Clear();
        var trace = Trace(G);
        if (trace == 0)
            return;

        G.CopyTo(_A);
        switch (_relaxation)
        {
            case Relaxation.Invariant when _S is null:
                for (var i = 0; i < _size; i++)
                    _A[i * _size + i] *= 1 + _epsilon;
                break;
            case Relaxation.Invariant:
                // τ = tr(S⁻¹G)/k: both matrices are symmetric, so the trace of the product is the sum over the entries.
                var sum = 0.0;
                for (var i = 0; i < _A.Length; i++)
                    sum += _inverseS[i] * _A[i];
                var scale = _epsilon * sum / _size;
                for (var i = 0; i < _A.Length; i++)
                    _A[i] += scale * _S![i];
                break;
            case Relaxation.Trace:
                AddToDiagonal(_epsilon * trace / _size);
                break;
            case Relaxation.Absolute:
                AddToDiagonal(_epsilon);
                break;
            case Relaxation.PseudoInverse:
                ApplyPseudoInverse(c, result);
                return;
        }

        _ldl.Solve(_A, c, result);
    }

    private void ApplyPseudoInverse(ReadOnlySpan<double> c, Span<double> result)
    {
        SymmetricEigen.Diagonalize(_size, _A, _eigenvectors);
        var largest = 0.0;
        for (var j = 0; j < _size; j++)
            largest = Math.Max(largest, _A[j * _size + j]);

        for (var j = 0; j < _size; j++)
        {
            var eigenvalue = _A[j * _size + j];
            if (!(eigenvalue > _epsilon * largest))
                continue;
            var product = 0.0;
            for (var i = 0; i < _size; i++)
                product += _eigenvectors[i * _size + j] * c[i];
            for (var i = 0; i < _size; i++)
                result[i] += _eigenvectors[i * _size + j] * product / eigenvalue;
        }
    }

    private void AddToDiagonal(double shift)
    {
        for (var i = 0; i < _size; i++)
            _A[i * _size + i] += shift;
    }

    private double Trace(ReadOnlySpan<double> G)
    {
        var trace = 0.0;
        for (var i = 0; i < _size; i++)
            trace += G[i * _size + i];
        return trace;
    }
}
