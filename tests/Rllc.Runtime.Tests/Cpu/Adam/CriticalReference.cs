namespace Rllc.Runtime.Tests.Cpu.Adam;

/// <summary>Adam or AdamW with a buffer of critical momenta or gradients, one tensor in float64: as docs/adam.md says.</summary>
internal sealed class CriticalReference(MomentFormula formula, IEnumerable<float> parameters)
{
    private readonly double[] _θ = [.. parameters];
    private readonly double[] _m = new double[parameters.Count()];
    private readonly double[] _v = new double[parameters.Count()];
    private readonly List<(double Key, double[] Entry)> _buffer = [];
    private int _steps;

    public double[] Parameters => _θ;

    public IReadOnlyList<(double Key, double[] Entry)> Buffer => _buffer;

    /// <summary>How many entries a larger one has driven out.</summary>
    public int Replaced { get; private set; }

    /// <summary>How many were not taken into the full buffer.</summary>
    public int Refused { get; private set; }

    /// <param name="g">The gradient, with its sign and scale as it is to be descended.</param>
    /// <param name="key">The norm of the gradient of all tensors.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="decay">The weight decay.</param>
    public void Step(IReadOnlyList<double> g, double key, double rate, double decay)
    {
        _steps++;
        var (correction1, correction2) = (1 - Math.Pow(formula.Beta1, _steps), 1 - Math.Pow(formula.Beta2, _steps));
        var entry = new double[_θ.Length];
        for (var i = 0; i < _θ.Length; i++)
        {
            var mean = _buffer.Count == 0 ? 0 : _buffer.Average(other => other.Entry[i]);
            var gradient = formula.Critical == CriticalKind.Gradients ? g[i] + mean : g[i];
            if (formula.IsDecoupled)
                _θ[i] *= 1 - rate * decay;
            else
                gradient += decay * _θ[i];
            _m[i] = formula.Beta1 * _m[i] + (1 - formula.Beta1) * gradient;
            var (update, squared) = formula.Critical == CriticalKind.Gradients ? (_m[i], gradient) : (_m[i] + mean, _buffer.Count == 0 ? gradient : _m[i] + mean);
            entry[i] = formula.Critical == CriticalKind.Gradients ? g[i] : _m[i];
            _v[i] = formula.Beta2 * _v[i] + (1 - formula.Beta2) * squared * squared;
            _θ[i] -= rate / correction1 * update / (Math.Sqrt(_v[i]) / Math.Sqrt(correction2) + formula.Epsilon);
        }
        Insert(key, entry);
        for (var i = 0; i < _buffer.Count; i++)
            _buffer[i] = (_buffer[i].Key * formula.Decay, _buffer[i].Entry);
    }

    private void Insert(double key, double[] entry)
    {
        if (_buffer.Count < formula.Capacity)
        {
            _buffer.Add((key, entry));
            return;
        }
        var smallest = _buffer.MinBy(other => other.Key);
        if (key > smallest.Key)
        {
            _buffer[_buffer.IndexOf(smallest)] = (key, entry);
            Replaced++;
        }
        else
        {
            Refused++;
        }
    }
}
