namespace Rllc.Runtime.Tests.Cpu.Adam;

/// <summary>[Adam] or [AdamW], with or without a buffer, as the generator would emit it, but for the choice between them at run time.</summary>
internal sealed class AdamByHand : MomentOptimizer
{
    public static readonly MomentFormula Adam = new() { Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8, IsDecoupled = false };

    public static readonly MomentFormula AdamW = Adam with { IsDecoupled = true };

    private readonly MomentFormula _formula;

    public AdamByHand(MomentFormula formula, ReadOnlySpan<long> lengths, MomentOptions? options = null) : base(formula, lengths, options ?? new()) => _formula = formula;

    protected override void Advance<TLanes, TElement>(ref TElement M, ref float θ, ref float g, int count, in MomentCoefficients step)
    {
        for (nint i = 0; i < count; i += TLanes.Count)
        {
            var place = i + i / Tile.Length * Tile.Length * (_formula.UnitCount - 1);
            var gradient = TLanes.Load(ref g, i) * TLanes.Create(step.GradientScale);
            var m = TElement.Load<TLanes>(ref M, place);
            var v = TElement.Load<TLanes>(ref M, place + Tile.Length);
            var parameter = TLanes.Load(ref θ, i);
            var sum = _formula.Capacity == 0 ? default : TElement.Load<TLanes>(ref M, place + 2 * Tile.Length);
            var mean = sum * TLanes.Create(step.Mean);
            var entry = gradient;
            if (_formula.Critical == CriticalKind.Gradients)
                gradient += mean;
            if (_formula.IsDecoupled)
                parameter = TLanes.FusedMultiplyAdd(parameter, TLanes.Create(step.Decay), parameter);
            else
                gradient = TLanes.FusedMultiplyAdd(parameter, TLanes.Create(step.Penalty), gradient);
            m = TLanes.FusedMultiplyAdd(gradient - m, TLanes.Create((float)(1 - _formula.Beta1)), m);
            var update = m;
            if (_formula.Critical == CriticalKind.Momenta)
            {
                (entry, update) = (m, m + mean);
                gradient = step.Mean == 0 ? gradient : update;
            }
            v = TLanes.FusedMultiplyAdd(TLanes.FusedMultiplyAdd(gradient, gradient, -v), TLanes.Create((float)(1 - _formula.Beta2)), v);
            var divisor = TLanes.FusedMultiplyAdd(TLanes.Sqrt(v), TLanes.Create(step.Root), TLanes.Create((float)_formula.Epsilon));
            parameter = TLanes.FusedMultiplyAdd(update / divisor, TLanes.Create(step.Rate), parameter);
            TElement.Store(m, ref M, place, step.Dither);
            TElement.Store(v, ref M, place + Tile.Length, step.Dither);
            parameter.Store(ref θ, i);
            if (step.Place < 0)
                continue;
            var slot = place + (3 + step.Place) * Tile.Length;
            TElement.Store(sum + (entry - TElement.Load<TLanes>(ref M, slot)), ref M, place + 2 * Tile.Length, step.Dither);
            TElement.Store(entry, ref M, slot, step.Dither);
        }
    }
}
