namespace Rllc.Runtime.Tests.Wrappers;

/// <summary>Adam (arXiv 1412.6980) in place, as somebody's own optimizer.</summary>
internal sealed class Adam(int length, double learningRate)
{
    private readonly double[] _m = new double[length];
    private readonly double[] _v = new double[length];
    private int _t;

    public void Step(Span<float> θ, ReadOnlySpan<float> g)
    {
        _t++;
        for (var i = 0; i < length; i++)
            θ[i] -= (float)Change(i, g[i]);
    }

    /// <summary>What a step would subtract from the parameters.</summary>
    public double[] Changes(double[] g)
    {
        _t++;
        return [.. g.Select((x, i) => Change(i, x))];
    }

    private double Change(int i, double g)
    {
        _m[i] = 0.9 * _m[i] + 0.1 * g;
        _v[i] = 0.999 * _v[i] + 0.001 * g * g;
        return learningRate * _m[i] / (1 - Math.Pow(0.9, _t)) / (Math.Sqrt(_v[i] / (1 - Math.Pow(0.999, _t))) + 1e-8);
    }
}
