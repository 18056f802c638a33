using MathNet.Numerics.LinearAlgebra;

namespace Rllc.Tests;

/// <summary>
/// One step of docs/mathematics.md written once more, with another library's matrices and G computed from M in every step: no
/// recurrence, no elimination of our own.
/// </summary>
public sealed class DirectFormulas
{
    private readonly Matrix<double> _B, _S;
    private readonly Vector<double> _a;
    private readonly OptimizerOptions _options;
    private Vector<double> _postponed;
    private int _step;

    public DirectFormulas(LinearMemory memory, int length, OptimizerOptions options)
    {
        (_B, _S, _a, _options) = (Dense.Of(memory.B), Dense.Of(memory.S), Dense.Of(memory.a), options);
        M = Matrix<double>.Build.Dense(length, memory.UnitCount);
        _postponed = Vector<double>.Build.Dense(memory.UnitCount);
        L = options.InitialLaw is { } law ? Dense.Of(law) : Vector<double>.Build.Dense(memory.UnitCount, unit => unit == 0 ? 1 : 0);
    }

    public Matrix<double> M { get; private set; }

    public Vector<double> L { get; private set; }

    public Vector<double> Step(Vector<double> theta, Vector<double> gradient)
    {
        _step++;
        var norm = gradient.L2Norm() / _options.LossScale;
        var clip = double.IsInfinity(_options.MaxGradientNorm) ? 1 : Math.Min(1, _options.MaxGradientNorm / (norm + 1e-6));
        var g = (_options.Maximize ? -clip : clip) / _options.LossScale * gradient;

        var isDue = _step > _options.HoldCorrections && _step % _options.LawInterval == 0;
        var correction = isDue ? _options.LawInterval * Correction(M.TransposeThisAndMultiply(g)) : 0 * L;
        if (_options.Timing == LawTiming.Delayed)
            (correction, _postponed) = (_postponed, correction);
        L += _options.LawLearningRate * correction;
        M = M * _B + g.OuterProduct(_a);
        return (1 - _options.LearningRate * _options.WeightDecay) * theta - _options.LearningRate * (M * L);
    }

    private Vector<double> Correction(Vector<double> c)
    {
        var G = M.TransposeThisAndMultiply(M);
        if (G.Trace() == 0)
            return 0 * c;
        var relaxed = _options.Relaxation switch
        {
            Relaxation.Invariant => _S.Solve(G).Trace() / c.Count * _S,
            Relaxation.Trace => G.Trace() / c.Count * Matrix<double>.Build.DenseIdentity(c.Count),
            _ => Matrix<double>.Build.DenseIdentity(c.Count),
        };
        return (G + _options.Epsilon * relaxed).Solve(c);
    }
}
