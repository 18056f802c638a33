namespace Rllc.Runtime.Tests.Cpu.Adam;

/// <summary>The formulas of torch.optim.Adam and AdamW, one tensor in float64.</summary>
internal sealed class AdamReference(MomentFormula formula, IEnumerable<float> parameters)
{
    private readonly double[] _θ = [.. parameters];
    private readonly double[] _m = new double[parameters.Count()];
    private readonly double[] _v = new double[parameters.Count()];

    public double[] Parameters => _θ;

    public double[] FirstMoment => _m;

    public double[] SecondMoment => _v;

    public int Steps { get; private set; }

    /// <param name="g">The gradient, with its sign and scale as it is to be descended.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="decay">The weight decay.</param>
    public void Step(IReadOnlyList<double> g, double rate, double decay)
    {
        Steps++;
        var (correction1, correction2) = (1 - Math.Pow(formula.Beta1, Steps), 1 - Math.Pow(formula.Beta2, Steps));
        for (var i = 0; i < _θ.Length; i++)
        {
            var gradient = g[i];
            if (formula.IsDecoupled)
                _θ[i] *= 1 - rate * decay;
            else
                gradient += decay * _θ[i];
            _m[i] = formula.Beta1 * _m[i] + (1 - formula.Beta1) * gradient;
            _v[i] = formula.Beta2 * _v[i] + (1 - formula.Beta2) * gradient * gradient;
            _θ[i] -= rate / correction1 * _m[i] / (Math.Sqrt(_v[i]) / Math.Sqrt(correction2) + formula.Epsilon);
        }
    }
}
