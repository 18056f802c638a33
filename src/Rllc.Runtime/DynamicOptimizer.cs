using System.Numerics;

namespace Rllc;

/// <summary>
/// The optimizer of any linear memory, at run time and without generated code: plain loops over the formulas
/// (docs/mathematics.md), all sums in float64. It is what emitted kernels are compared with; for speed, declare a class with
/// <see cref="PropagatorAttribute"/>.
/// </summary>
/// <typeparam name="T">
/// What memory and parameters are stored in. float rounds the coefficients B and a to float too, as a kernel does; double takes
/// them as written. <see cref="TensorOptimizerOptions.MemoryFormat"/> can make the memory narrower still.
/// </typeparam>
public sealed class DynamicOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Below a third of the largest number: what stays within it, added to a parameter that does, overflows nothing.
    private static readonly double Limit = typeof(T) == typeof(float) ? 1e38 : 5e307;

    private readonly OptimizerOptions _options;
    private readonly bool _narrow;
    private readonly LinearMemory _used;
    private readonly LawState _law;
    private readonly T[][] _units;
    private readonly double[] _row;
    private readonly double[] _c;

    /// <summary>Starts with an empty memory and the initial law.</summary>
    /// <param name="memory">The memory, with k units.</param>
    /// <param name="length">n, the number of parameters; may be 0.</param>
    /// <param name="options">Hyperparameters; null takes the defaults.</param>
    /// <exception cref="NotSupportedException">
    /// <typeparamref name="T"/> is neither float nor double, or the memory is to be rounded at random, which depends on how it is laid out.
    /// </exception>
    /// <exception cref="ArgumentException">An option has no meaning; see its documentation.</exception>
    public DynamicOptimizer(LinearMemory memory, int length, OptimizerOptions? options = null)
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"DynamicOptimizer stores float or double, not {typeof(T).Name}.");
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _options = options ?? new();
        _options.Validate(memory.UnitCount);
        if (_options.MemoryFormat == MemoryFormat.BFloat16Stochastic)
            throw new NotSupportedException($"DynamicOptimizer does not keep its memory in {_options.MemoryFormat}.");

        _narrow = _options.MemoryFormat == MemoryFormat.BFloat16;
        LinearMemory = memory;
        Length = length;
        _used = typeof(T) == typeof(float) ? memory.RoundedToSingle() : memory;
        _law = new(_used.B, _used.a, memory.S, _options);
        _units = new T[memory.UnitCount][];
        for (var unit = 0; unit < _units.Length; unit++)
            _units[unit] = new T[length];
        _row = new double[memory.UnitCount];
        _c = new double[memory.UnitCount];
        (LearningRate, LossScale) = (_options.LearningRate, _options.LossScale);
    }

    /// <summary>The memory (B, a), as given.</summary>
    public LinearMemory LinearMemory { get; }

    /// <summary>n, the number of parameters.</summary>
    public int Length { get; }

    /// <summary>Number of steps that were applied.</summary>
    public long StepCount => _law.Step;

    /// <inheritdoc cref="TensorOptimizerOptions.LearningRate"/>
    public double LearningRate
    {
        get;
        set => field = OptimizerOptionsValidation.AtLeastZero(value, nameof(LearningRate));
    }

    /// <inheritdoc cref="OptimizerOptions.LawLearningRate"/>
    public double LawLearningRate
    {
        get => _law.LawLearningRate;
        set => _law.LawLearningRate = OptimizerOptionsValidation.AtLeastZero(value, nameof(LawLearningRate));
    }

    /// <inheritdoc cref="TensorOptimizerOptions.LossScale"/>
    public double LossScale
    {
        get;
        set => field = OptimizerOptionsValidation.AboveZero(value, nameof(LossScale));
    }

    /// <summary>L, one coefficient per memory unit.</summary>
    public ReadOnlySpan<double> LawCoefficients => _law.L;

    /// <summary>G = MᵀM, as the law keeps it.</summary>
    public SquareMatrix Gram => SquareMatrix.FromRowMajor(_law.UnitCount, _law.G);

    /// <summary>A memory unit, a column of M.</summary>
    /// <param name="unit">The unit, counted from 0.</param>
    public ReadOnlySpan<T> Unit(int unit) => _units[unit];

    /// <summary>
    /// One step. With exact timing nothing is written where the gradient is not finite, or the step would leave the range of
    /// <typeparamref name="T"/>, unless the options say otherwise.
    /// </summary>
    /// <param name="parameters">θ, n numbers; updated.</param>
    /// <param name="gradient">The gradient of the loss (times the loss scale), n numbers.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="ArgumentException">A length is not n.</exception>
    public StepReport Step(Span<T> parameters, ReadOnlySpan<T> gradient)
    {
        if (parameters.Length != Length)
            throw new ArgumentException($"There are {Length} parameters, not {parameters.Length}.", nameof(parameters));
        if (gradient.Length != Length)
            throw new ArgumentException($"The gradient has {Length} entries, not {gradient.Length}.", nameof(gradient));

        return _options.Timing == LawTiming.Exact ? StepExact(parameters, gradient) : StepDelayed(parameters, gradient);
    }

    private StepReport StepExact(Span<T> parameters, ReadOnlySpan<T> gradient)
    {
        var norm = Math.Sqrt(Project(gradient, 1)) / LossScale;
        if (_options.SkipNonFinite && !(double.IsFinite(norm) && _c.All(double.IsFinite)))
            return new() { Applied = false, GradientNorm = norm, ClipFactor = 1, Law = LawCoefficients };

        var clipFactor = _options.ClipFactor(norm);
        var scale = GradientScale(clipFactor);
        var gamma = Project(gradient, scale);
        _law.Begin();
        RefreshGramIfNeeded();
        _law.Correct(_c);
        _law.Advance(_c, gamma);
        if (_options.SkipNonFinite && !_law.Fits(gamma, LearningRate, Limit))
        {
            _law.Undo();
            return new() { Applied = false, GradientNorm = norm, ClipFactor = clipFactor, Law = LawCoefficients };
        }

        Write(parameters, gradient, scale);
        return new() { Applied = true, GradientNorm = norm, ClipFactor = clipFactor, Law = LawCoefficients };
    }

    private StepReport StepDelayed(Span<T> parameters, ReadOnlySpan<T> gradient)
    {
        var scale = GradientScale(clipFactor: 1);
        var gamma = Project(gradient, scale);
        RefreshGramIfNeeded();
        _law.ApplyPending();
        Write(parameters, gradient, scale);
        _law.Postpone(_c);
        _law.Advance(_c, gamma);
        return new() { Applied = true, GradientNorm = Math.Sqrt(gamma), ClipFactor = 1, Law = LawCoefficients };
    }

    private double GradientScale(double clipFactor) => (_options.Maximize ? -1 : 1) * clipFactor / LossScale;

    /// <summary>c = Mᵀg into <see cref="_c"/>; returns γ = g·g.</summary>
    private double Project(ReadOnlySpan<T> gradient, double scale)
    {
        Array.Clear(_c);
        var gamma = 0.0;
        for (var p = 0; p < gradient.Length; p++)
        {
            var g = scale * double.CreateTruncating(gradient[p]);
            gamma += g * g;
            for (var unit = 0; unit < _units.Length; unit++)
                _c[unit] += double.CreateTruncating(_units[unit][p]) * g;
        }

        return gamma;
    }

    /// <summary>M ← MB + gaᵀ and θ ← (1 − c₁·decay)θ − c₁ML.</summary>
    private void Write(Span<T> parameters, ReadOnlySpan<T> gradient, double scale)
    {
        var decay = 1 - LearningRate * _options.WeightDecay;
        for (var p = 0; p < gradient.Length; p++)
        {
            var g = scale * double.CreateTruncating(gradient[p]);
            for (var unit = 0; unit < _row.Length; unit++)
                _row[unit] = double.CreateTruncating(_units[unit][p]);

            var step = 0.0;
            for (var unit = 0; unit < _row.Length; unit++)
            {
                var sum = g * _used.a[unit];
                for (var old = 0; old < _row.Length; old++)
                    sum += _row[old] * _used.B[old, unit];
                var value = T.CreateTruncating(sum);
                _units[unit][p] = _narrow ? T.CreateTruncating(BFloat16.Nearest(float.CreateTruncating(value))) : value;
                step += double.CreateTruncating(value) * _law.L[unit];
            }

            parameters[p] = T.CreateTruncating(decay * double.CreateTruncating(parameters[p]) - LearningRate * step);
        }
    }

    private void RefreshGramIfNeeded()
    {
        if (!_law.NeedsExactGram)
            return;

        var gram = new double[_units.Length * _units.Length];
        for (var i = 0; i < _units.Length; i++)
        for (var j = 0; j < _units.Length; j++)
        for (var p = 0; p < Length; p++)
            gram[i * _units.Length + j] += double.CreateTruncating(_units[i][p]) * double.CreateTruncating(_units[j][p]);
        _law.SetGram(gram);
    }
}
