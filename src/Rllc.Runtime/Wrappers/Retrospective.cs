namespace Rllc;

/// <summary>
/// Retrospective learning law correction (arXiv 2402.15262, section 6) of anything that updates parameters in place. One memory unit stores
/// the last learning step d, what the wrapped optimizer would have subtracted from θ; the law is one number L, which begins at 1:
/// c = d·g and G = d·d of the last step; L ← L + c₂·c/(G + ε); θ ← θ − L·d with the new d. The wrapped optimizer knows nothing of it, and
/// its state stays its owner's. Instances are not thread-safe; concurrent use is refused.
/// </summary>
/// <example><code>
/// var retrospective = new Retrospective([parameters.Length], new() { LawLearningRate = 1e-4 });
/// retrospective.Step(parameters, gradient, () => optimizer.Step(parameters, gradient));
/// </code></example>
public sealed partial class Retrospective
{
    private readonly TensorAddresses _tensors;
    private readonly long[] _lengths;
    private readonly RetrospectiveLaw _law;
    private readonly double[] _newSquares;

    // The last learning step, with the squares of its norms; and the parameters before the current one, which become the next.
    private TensorCopies _d;
    private TensorCopies _before;
    private double[] _squares;
    private ExclusiveUse _use;

    /// <summary>A law of 1, and no learning step; allocates 8n bytes.</summary>
    /// <param name="lengths">The tensors' numbers of parameters.</param>
    /// <param name="options">How the law learns.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its bounds, or a length negative or more than an array can have.</exception>
    public Retrospective(ReadOnlySpan<long> lengths, RetrospectiveOptions? options = null)
    {
        _law = new RetrospectiveLaw(options ?? new());
        _d = new TensorCopies(lengths);
        _before = new TensorCopies(lengths);
        _lengths = lengths.ToArray();
        _tensors = new TensorAddresses(lengths);
        (_squares, _newSquares) = (new double[lengths.Length], new double[lengths.Length]);
    }

    /// <summary>L, what learning steps are multiplied with; 1 before the second step.</summary>
    public double Law => _law.L;

    /// <inheritdoc cref="RetrospectiveOptions.LawLearningRate"/>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double LawLearningRate
    {
        get => _law.LearningRate;
        set => _law.LearningRate = value;
    }

    /// <summary>One step. Where the wrapped one throws, the law is what it was.</summary>
    /// <param name="parameters">θ, n elements, updated in place.</param>
    /// <param name="gradient">g, n elements.</param>
    /// <param name="step">Updates θ with g, by itself.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="ArgumentException">A length is not n, the two spans overlap, or there are several tensors.</exception>
    /// <exception cref="InvalidOperationException">The wrapper is in use already.</exception>
    public unsafe RetrospectiveReport Step(scoped Span<float> parameters, scoped ReadOnlySpan<float> gradient, Action step)
    {
        ArgumentNullException.ThrowIfNull(step);
        using var use = ExclusiveUse.Enter(ref _use);
        TensorArguments.CheckFlat(_lengths, parameters.Length, "span", nameof(parameters));
        TensorArguments.CheckFlat(_lengths, gradient.Length, "span", nameof(gradient));
        if (parameters.Overlaps(gradient))
            throw new ArgumentException("The gradient must not overlap the parameters.", nameof(gradient));
        fixed (float* θ = parameters, g = gradient)
        {
            _tensors.Set(θ, g);
            return Step(step);
        }
    }

    /// <summary>One step of all tensors. Those whose gradient is empty have none: the law's correction is that of the others.</summary>
    /// <inheritdoc cref="Step(Span{float}, ReadOnlySpan{float}, Action)"/>
    /// <param name="parameters">θ, tensor by tensor, updated in place.</param>
    /// <param name="gradients">g, tensor by tensor; empty where there is none.</param>
    /// <param name="step">Updates θ with g, by itself.</param>
    /// <exception cref="ArgumentException">The number of tensors or a length is another one, or parameters overlap each other or a gradient.</exception>
    public RetrospectiveReport Step(scoped ReadOnlySpan<Memory<float>> parameters, scoped ReadOnlySpan<ReadOnlyMemory<float>> gradients, Action step)
    {
        ArgumentNullException.ThrowIfNull(step);
        using var use = ExclusiveUse.Enter(ref _use);
        using var pins = _tensors.Pin(parameters, gradients);
        return Step(step);
    }

    private RetrospectiveReport Step(Action step)
    {
        var law = Correct();
        for (var tensor = 0; tensor < _before.Count; tensor++)
            θ(tensor).CopyTo(_before[tensor]);
        step();
        var G = Difference();
        if (!(G > 0 && double.IsFinite(G)))
            return new(Applied: false, _law.L);
        // What the optimizer has done already is d; θ − L·d would round anew where L is 1.
        if (law != 1)
            for (var tensor = 0; tensor < _before.Count; tensor++)
                WideUpdates.Add(θ(tensor), _before[tensor], 1 - law);
        (_d, _before) = (_before, _d);
        _newSquares.CopyTo(_squares, 0);
        _law.L = law;
        return new(Applied: true, law);
    }

    /// <summary>L as corrected by c and G of the tensors that have a gradient.</summary>
    private double Correct()
    {
        var (c, G) = (0.0, 0.0);
        for (var tensor = 0; tensor < _d.Count; tensor++)
            if (g(tensor) is { IsEmpty: false } gradient)
            {
                c += WideSums.Dot(_d[tensor], gradient);
                G += _squares[tensor];
            }
        return _law.Corrected(c, G);
    }

    /// <summary>Makes what the parameters were the learning step that has been taken from them, and returns the square of its norm.</summary>
    private double Difference()
    {
        var G = 0.0;
        for (var tensor = 0; tensor < _before.Count; tensor++)
        {
            WideUpdates.Subtract(_before[tensor], θ(tensor));
            G += _newSquares[tensor] = WideSums.Dot(_before[tensor], _before[tensor]);
        }
        return G;
    }

    private Span<float> θ(int tensor) => _tensors.ParametersOf(tensor, _d[tensor].Length);

    private ReadOnlySpan<float> g(int tensor) => _tensors.GradientOf(tensor, _d[tensor].Length);
}
