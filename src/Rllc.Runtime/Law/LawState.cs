using System.Collections.Immutable;

namespace Rllc;

/// <summary>
/// The learning law L of one optimizer and the Gram matrix G it is corrected with, both in float64. A step is
/// <list type="bullet">
/// <item>exact: c, γ of the old memory → <see cref="SetGram"/> if needed → <see cref="Correct"/> → write M and θ with the new L
/// → <see cref="Advance"/>;</item>
/// <item>delayed: <see cref="SetGram"/> if needed → <see cref="ApplyPending"/> → write M and θ, which yields c, γ of the old
/// memory → <see cref="Postpone"/> → <see cref="Advance"/>;</item>
/// <item>fixed: <see cref="CountStep"/> → write M and θ with the law as it is.</item>
/// </list>
/// c and γ belong to the gradient as the memory takes it in: without loss scale, with maximize's sign, clipped.
/// Where <see cref="Fits"/> says no, <see cref="Undo"/> takes back everything since <see cref="Begin"/>. Nothing is allocated after
/// construction.
/// </summary>
internal sealed class LawState
{
    /// <summary>
    /// The share of the range that a gradient may take up. Units such as those of a Jordan block still grow for a while after it:
    /// if the memory itself reached the limit, every further step would be refused.
    /// </summary>
    public const double GradientShare = 1e-8;

    // Of a linear memory; there is no recurrence of G for any other.
    private readonly double[]? _B;
    private readonly double[] _a;
    private readonly double[] _BtG;
    private readonly double[] _Btc;
    private readonly double[] _correction;
    private readonly RelaxedInverse _inverse;
    private readonly int _interval;
    private readonly int _hold;
    private readonly int _refreshInterval;
    private readonly double[] _begunL;
    private readonly double[] _begunG;
    private long _begunStep;
    private bool _begunRefresh;

    /// <summary>Starts with L₀ and an empty memory.</summary>
    /// <param name="B">The propagation matrix with the coefficients that the kernel really uses.</param>
    /// <param name="a">The input vector, likewise.</param>
    /// <param name="S">The memory's <see cref="LinearMemory.S"/>.</param>
    /// <param name="options">Validated options.</param>
    public LawState(SquareMatrix B, ImmutableArray<double> a, SquareMatrix S, OptimizerOptions options) : this(a.Length, S, options)
    {
        _B = B.ToRowMajor();
        _a = [.. a];
    }

    /// <summary>Starts with L₀ and an empty memory, of which nothing is known but its size: G is computed from it in every step.</summary>
    /// <param name="unitCount">k.</param>
    /// <param name="options">Validated options.</param>
    public LawState(int unitCount, OptimizerOptions options) : this(unitCount, S: null, options) => RefreshRequested = true;

    private LawState(int unitCount, SquareMatrix? S, OptimizerOptions options)
    {
        UnitCount = unitCount;
        _a = [];
        _BtG = new double[UnitCount * UnitCount];
        _Btc = new double[UnitCount];
        _correction = new double[UnitCount];
        _inverse = S is null
            ? RelaxedInverse.OfDiagonal(options.Relaxation, options.Epsilon, unitCount)
            : new(options.Relaxation, options.Epsilon, S);
        (_interval, _hold) = (options.LawInterval, options.HoldCorrections);
        _refreshInterval = RefreshInterval(options.MemoryFormat);

        LawLearningRate = options.LawLearningRate;
        G = new double[UnitCount * UnitCount];
        Pending = new double[UnitCount];
        L = new double[UnitCount];
        L[0] = 1;
        (options.FixedLaw ?? options.InitialLaw)?.CopyTo(L, 0);
        (_begunL, _begunG) = (new double[L.Length], new double[G.Length]);
    }

    /// <summary>The law of a memory, with L₀ and an empty memory. Kernels of a linear one have B and a in float32.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="options">Validated options.</param>
    public static LawState Of(MemoryRule memory, OptimizerOptions options) =>
        memory is LinearMemory linear && linear.RoundedToSingle() is var rounded
            ? new(rounded.B, rounded.a, linear.S, options)
            : new(memory.UnitCount, options);

    /// <summary>k.</summary>
    public int UnitCount { get; }

    /// <summary>The law, k coefficients.</summary>
    public double[] L { get; }

    /// <summary>The Gram matrix MᵀM, row by row.</summary>
    public double[] G { get; }

    /// <summary>Delayed timing's correction from the last step, still without c₂.</summary>
    public double[] Pending { get; }

    /// <summary>Number of steps applied.</summary>
    public long Step { get; private set; }

    /// <summary>c₂.</summary>
    public double LawLearningRate { get; set; }

    /// <summary>Whether the coming step must begin with <see cref="SetGram"/>.</summary>
    public bool NeedsExactGram => RefreshRequested || (Step > 0 && Step % _refreshInterval == 0);

    /// <summary>Whether <see cref="RequestExactGram"/> was called since G was last computed from the memory.</summary>
    public bool RefreshRequested { get; private set; }

    /// <summary>Whether law, Gram matrix and pending correction are numbers that a run can go on with.</summary>
    public bool IsFinite => L.All(double.IsFinite) && G.All(double.IsFinite) && Pending.All(double.IsFinite);

    /// <summary>
    /// G is computed afresh every so many steps: in float32 so that rounding cannot add up, in a narrow format each time, because
    /// the recurrence knows nothing of what that rounds off.
    /// </summary>
    /// <param name="format">What M is kept in.</param>
    public static int RefreshInterval(MemoryFormat format) => format == MemoryFormat.Float32 ? 256 : 1;

    /// <summary>Makes the coming step compute G afresh: the recurrence does not know of all that is in the memory.</summary>
    public void RequestExactGram() => RefreshRequested = true;

    /// <summary>Replaces G by what the memory gives.</summary>
    /// <param name="G">MᵀM of the memory as it stands before the step, row by row.</param>
    public void SetGram(ReadOnlySpan<double> G)
    {
        G.CopyTo(this.G);
        RefreshRequested = false;
    }

    /// <summary>Takes over a saved state.</summary>
    /// <param name="step">Number of steps applied.</param>
    /// <param name="law">L.</param>
    /// <param name="gram">G, row by row.</param>
    /// <param name="pending">The pending correction.</param>
    public void Restore(long step, ReadOnlySpan<double> law, ReadOnlySpan<double> gram, ReadOnlySpan<double> pending)
    {
        Step = step;
        law.CopyTo(L);
        gram.CopyTo(G);
        pending.CopyTo(Pending);
        RefreshRequested = false;
    }

    /// <summary>Remembers the state, for <see cref="Undo"/>.</summary>
    public void Begin()
    {
        L.CopyTo(_begunL, 0);
        G.CopyTo(_begunG, 0);
        (_begunStep, _begunRefresh) = (Step, RefreshRequested);
    }

    /// <summary>Goes back to the state that <see cref="Begin"/> has seen: an exact step that is not to be.</summary>
    public void Undo()
    {
        _begunL.CopyTo(L, 0);
        _begunG.CopyTo(G, 0);
        (Step, RefreshRequested) = (_begunStep, _begunRefresh);
    }

    /// <summary>
    /// Whether the advanced state can be written: G, the coefficients c₁L and the most that a parameter can change by,
    /// Σ|c₁Lᵢ|·√Gᵢᵢ (no entry of a unit is above the unit's norm), are numbers within a limit, and γ is far within it.
    /// </summary>
    /// <param name="gamma">γ of the step.</param>
    /// <param name="learningRate">c₁.</param>
    /// <param name="limit">The limit, which leaves room to the largest number of the storage.</param>
    public bool Fits(double gamma, double learningRate, double limit)
    {
        if (!(gamma <= GradientShare * limit))
            return false;
        foreach (var entry in G)
            if (!(Math.Abs(entry) <= limit))
                return false;
        var change = 0.0;
        for (var i = 0; i < UnitCount; i++)
        {
            // G comes from a recurrence, so that rounding can leave a diagonal entry near 0 below it.
            var coefficient = Math.Abs(learningRate * L[i]);
            change += coefficient * Math.Sqrt(Math.Abs(G[i * UnitCount + i]));
            if (!(coefficient <= limit && change <= limit))
                return false;
        }

        return true;
    }

    /// <summary>L ← L + c₂·r·G⁺c, if a correction is due in this step.</summary>
    /// <param name="c">Mᵀg.</param>
    public void Correct(ReadOnlySpan<double> c)
    {
        ComputeCorrection(c, _correction);
        AddToLaw(_correction);
    }

    /// <summary>L ← L + c₂·(what the last step postponed).</summary>
    public void ApplyPending() => AddToLaw(Pending);

    /// <summary>Keeps this step's correction for the next one.</summary>
    /// <param name="c">Mᵀg.</param>
    public void Postpone(ReadOnlySpan<double> c) => ComputeCorrection(c, Pending);

    /// <summary>
    /// G ← BᵀGB + (Bᵀc)aᵀ + a(Bᵀc)ᵀ + γaaᵀ, which is MᵀM of the new memory without looking at it; counts the step. Of a memory that is not
    /// linear G stays that of the old one until the next step computes it.
    /// </summary>
    /// <param name="c">Mᵀg.</param>
    /// <param name="gamma">γ = g·g.</param>
    public void Advance(ReadOnlySpan<double> c, double gamma)
    {
        if (_B is null)
        {
            CountStep();
            return;
        }

        var k = UnitCount;
        for (var i = 0; i < k; i++)
        {
            _Btc[i] = 0;
            for (var m = 0; m < k; m++)
                _Btc[i] += _B[m * k + i] * c[m];

            for (var j = 0; j < k; j++)
            {
                var sum = 0.0;
                for (var m = 0; m < k; m++)
                    sum += _B[m * k + i] * G[m * k + j];
                _BtG[i * k + j] = sum;
            }
        }

        for (var i = 0; i < k; i++)
        for (var j = i; j < k; j++)
        {
            var sum = 0.0;
            for (var m = 0; m < k; m++)
                sum += _BtG[i * k + m] * _B[m * k + j];
            G[i * k + j] = G[j * k + i] = sum + _Btc[i] * _a[j] + _a[i] * _Btc[j] + gamma * _a[i] * _a[j];
        }

        Step++;
    }

    /// <summary>r·G⁺c, 0 in a step without a correction.</summary>
    private void ComputeCorrection(ReadOnlySpan<double> c, double[] correction)
    {
        if (Step < _hold || (Step + 1) % _interval != 0)
        {
            Array.Clear(correction);
            return;
        }

        _inverse.Apply(G, c, correction);
        for (var i = 0; i < correction.Length; i++)
            correction[i] *= _interval;
    }

    /// <summary>Counts a step of a fixed law, which leaves no trace here. G is computed afresh should the law ever learn.</summary>
    public void CountStep()
    {
        RefreshRequested = true;
        Step++;
    }

    private void AddToLaw(double[] correction)
    {
        // A fixed law stays what it is, whatever the correction (even an infinite one).
        if (LawLearningRate == 0)
            return;
        for (var i = 0; i < L.Length; i++)
            L[i] += LawLearningRate * correction[i];
    }
}
