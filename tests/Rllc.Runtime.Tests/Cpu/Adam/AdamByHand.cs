namespace Rllc.Runtime.Tests.Cpu.Adam;

/// <summary>[Adam] or [AdamW] as the generator would emit it, but for the choice between them at run time.</summary>
internal sealed class AdamByHand : AdamOptimizer
{
    public static readonly AdamFormula Adam = new() { Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8, IsDecoupled = false };

    public static readonly AdamFormula AdamW = Adam with { IsDecoupled = true };

    private readonly AdamFormula _formula;

    public AdamByHand(AdamFormula formula, ReadOnlySpan<long> lengths, AdamOptions? options = null) : base(formula, lengths, options ?? new()) => _formula = formula;

    protected override void Advance<TLanes, TElement>(ref TElement M, ref float θ, ref float g, int count, in AdamCoefficients step)
    {
        for (nint i = 0; i < count; i += TLanes.Count)
        {
            var place = i + i / Tile.Length * Tile.Length;
            var gradient = TLanes.Load(ref g, i) * TLanes.Create(step.GradientScale);
            var m = TElement.Load<TLanes>(ref M, place);
            var v = TElement.Load<TLanes>(ref M, place + Tile.Length);
            var parameter = TLanes.Load(ref θ, i);
            if (_formula.IsDecoupled)
                parameter = TLanes.FusedMultiplyAdd(parameter, TLanes.Create(step.Decay), parameter);
            else
                gradient = TLanes.FusedMultiplyAdd(parameter, TLanes.Create(step.Penalty), gradient);
            m = TLanes.FusedMultiplyAdd(gradient - m, TLanes.Create((float)(1 - _formula.Beta1)), m);
            v = TLanes.FusedMultiplyAdd(TLanes.FusedMultiplyAdd(gradient, gradient, -v), TLanes.Create((float)(1 - _formula.Beta2)), v);
            var divisor = TLanes.FusedMultiplyAdd(TLanes.Sqrt(v), TLanes.Create(step.Root), TLanes.Create((float)_formula.Epsilon));
            parameter = TLanes.FusedMultiplyAdd(m / divisor, TLanes.Create(step.Rate), parameter);
            TElement.Store(m, ref M, place, step.Dither);
            TElement.Store(v, ref M, place + Tile.Length, step.Dither);
            parameter.Store(ref θ, i);
        }
    }
}
