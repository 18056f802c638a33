using MathNet.Numerics.LinearAlgebra;

namespace Rllc.Tests;

/// <summary>
/// The optimizer of any (B, a), controllable or not, as its formulas are written, in float64: all of it dense, G from M itself, S from its
/// series, and the relaxed inverse in the directions that the memory reaches.
/// </summary>
internal sealed class OptimizerByHand
{
    private const double LearningRate = 0.03, LawLearningRate = 0.1, Epsilon = 1e-3;

    private readonly Matrix<double> _B, _S, _reached;
    private readonly Vector<double> _a;
    private readonly Vector<double> _theta;
    private Matrix<double> _M;

    /// <summary>Starts with an empty memory.</summary>
    /// <param name="memory">(B, a), with spectral radius below 1.</param>
    /// <param name="rank">How many dimensions the memory reaches.</param>
    /// <param name="law">L₀.</param>
    /// <param name="theta">θ₀.</param>
    public OptimizerByHand(LinearMemory memory, int rank, IReadOnlyList<double> law, IReadOnlyList<double> theta)
    {
        (_B, _a, Law, _theta) = (Dense.Of(memory.B), Dense.Of(memory.a), Dense.Of(law), Dense.Of(theta));
        _M = Matrix<double>.Build.Dense(theta.Count, memory.UnitCount);
        _S = Matrix<double>.Build.Dense(memory.UnitCount, memory.UnitCount);
        for (var weights = _a; weights.L2Norm() > 1e-20 * _a.L2Norm(); weights *= _B)
            _S += weights.OuterProduct(weights);
        _reached = _S.Svd().U.SubMatrix(0, memory.UnitCount, 0, rank);
    }

    /// <summary>L.</summary>
    public Vector<double> Law { get; private set; }

    /// <summary>θ.</summary>
    public Vector<double> Theta => _theta;

    /// <summary>One step.</summary>
    public void Step(Vector<double> g)
    {
        var S = _reached.TransposeThisAndMultiply(_S * _reached);
        var G = _reached.TransposeThisAndMultiply(_M.TransposeThisAndMultiply(_M) * _reached);
        var τ = S.Solve(G).Trace() / S.RowCount;
        if (τ > 0)
            Law += LawLearningRate * _reached * (G + Epsilon * τ * S).Solve(_reached.TransposeThisAndMultiply(_M.TransposeThisAndMultiply(g)));
        _M = _M * _B + g.OuterProduct(_a);
        _theta.Subtract(LearningRate * _M * Law, _theta);
    }
}
