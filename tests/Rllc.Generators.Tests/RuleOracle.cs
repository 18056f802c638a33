namespace Rllc.Generators.Tests;

/// <summary>
/// A memory that a rule updates, and the law over its units, in float64 and as the definition has it: c = Mᵀg and G = MᵀM of the old memory of the
/// tensors with a gradient, L ← L + 0.01·(G + 0.1·diag G)⁻¹c, then the rule, then θ ← (1 − 0.01·0.1)θ − 0.01·ML.
/// </summary>
internal sealed class RuleOracle
{
    private const double Rate = 0.01, LawRate = 0.01, Epsilon = 0.1, Decay = 0.1;

    private readonly Textbook _rule;
    private readonly bool _isDelayed;
    private double[] _pending;
    private int _t;

    /// <summary>Starts with L = e₁, an empty memory and given parameters.</summary>
    public RuleOracle(Textbook rule, long[] lengths, LawTiming timing, Func<int, int, long[], float[]> values)
    {
        (_rule, _isDelayed) = (rule, timing == LawTiming.Delayed);
        θ = [.. lengths.Select((_, tensor) => values(tensor, -1, lengths).Select(value => (double)value).ToArray())];
        State = [.. Enumerable.Range(0, rule.StateCount).Select(_ => lengths.Select(length => new double[length]).ToArray())];
        L = [1, .. new double[rule.UnitCount - 1]];
        _pending = new double[rule.UnitCount];
    }

    /// <summary>The parameters, tensor by tensor.</summary>
    public double[][] θ { get; }

    /// <summary>Units, then hidden state: each tensor by tensor.</summary>
    public double[][][] State { get; }

    /// <summary>The law.</summary>
    public double[] L { get; }

    /// <summary>One step; an empty gradient is none.</summary>
    public void Step(float[][] g)
    {
        var correction = Correction(g);
        for (var unit = 0; unit < L.Length; unit++)
            L[unit] += LawRate * (_isDelayed ? _pending : correction)[unit];
        _pending = correction;
        _t++;
        for (var tensor = 0; tensor < g.Length; tensor++)
            for (var i = 0; i < g[tensor].Length; i++)
            {
                var state = State.Select(part => part[tensor][i]).ToArray();
                _rule.Update(g[tensor][i], _t, state);
                for (var part = 0; part < state.Length; part++)
                    State[part][tensor][i] = state[part];
                θ[tensor][i] = (1 - Rate * Decay) * θ[tensor][i] - Rate * Enumerable.Range(0, L.Length).Sum(unit => L[unit] * state[unit]);
            }
    }

    private double[] Correction(float[][] g)
    {
        var k = L.Length;
        double[] c = new double[k];
        var G = new double[k, k];
        for (var tensor = 0; tensor < g.Length; tensor++)
            for (var i = 0; i < g[tensor].Length; i++)
                for (var unit = 0; unit < k; unit++)
                {
                    c[unit] += State[unit][tensor][i] * g[tensor][i];
                    for (var other = 0; other < k; other++)
                        G[unit, other] += State[unit][tensor][i] * State[other][tensor][i];
                }
        for (var unit = 0; unit < k; unit++)
            G[unit, unit] *= 1 + Epsilon;
        return k == 1
            ? [G[0, 0] == 0 ? 0 : c[0] / G[0, 0]]
            : G[0, 0] == 0 ? [0, 0] : [(G[1, 1] * c[0] - G[0, 1] * c[1]) / Determinant(G), (G[0, 0] * c[1] - G[1, 0] * c[0]) / Determinant(G)];
    }

    private static double Determinant(double[,] G) => G[0, 0] * G[1, 1] - G[0, 1] * G[1, 0];
}

/// <summary>The update of one parameter's memory.</summary>
/// <param name="UnitCount">k.</param>
/// <param name="StateCount">Numbers that are kept, the units first.</param>
/// <param name="Update">From g, t and what is kept to what is kept after the step.</param>
internal sealed record Textbook(int UnitCount, int StateCount, Action<double, int, double[]> Update)
{
    /// <summary>The textbook of a declared rule.</summary>
    public static Textbook Of(string name) => name switch
    {
        "AdamMix" => new(2, 4, (g, t, s) =>
        {
            s[2] = 0.9 * s[2] + 0.1 * g;
            s[3] = 0.99 * s[3] + 0.01 * g * g;
            s[0] = s[2] / (1 - Math.Pow(0.9, t)) / (Math.Sqrt(s[3] / (1 - Math.Pow(0.99, t))) + 1e-3);
            s[1] = g;
        }),
        "SignMomentum" => new(1, 2, (g, _, s) =>
        {
            s[1] = 0.9 * s[1] + 0.1 * g;
            s[0] = Math.Sign(s[1]);
        }),
        _ => new(2, 3, (g, _, s) =>
        {
            s[2] = 0.95 * s[2] + 0.05 * g * g;
            s[0] = g / (Math.Sqrt(s[2]) + 1e-2);
            s[1] = 0.9 * s[1] + g;
        }),
    };
}
