namespace Rllc;

/// <summary>
/// Sharpness-aware minimisation (Foret et al., arXiv 2010.01412) with any declared optimizer: a step computes the gradient g at θ, ascends
/// to θ + ρ·g/‖g‖₂ (the norm is that over all tensors), computes the gradient there, goes back to θ, and has the optimizer step from θ with
/// that gradient. θ is put back from a copy, to the last bit. The optimizer stays its owner's, its rates, checkpoints and disposal
/// included. Instances are not thread-safe; concurrent use is refused.
/// </summary>
/// <example><code>
/// var sam = new Sam(optimizer, new() { Radius = 0.05 });
/// sam.Step(parameters, gradient, () => Backward(parameters, gradient));
/// </code></example>
public sealed class Sam
{
    private readonly SamOptions _options;
    private readonly TensorAddresses _tensors;
    private readonly TensorCopies _copies;
    private double _radius;
    private ExclusiveUse _use;

    /// <summary>Wraps an optimizer; allocates a copy of the parameters, 4n bytes.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="options">How far to ascend.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its bounds, or a tensor has more parameters than an array can have.</exception>
    public Sam(TensorOptimizer optimizer, SamOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        _options = options ?? new();
        _options.Validate();
        Optimizer = optimizer;
        _radius = _options.Radius;
        _tensors = new TensorAddresses(optimizer.Lengths);
        _copies = new TensorCopies(optimizer.Lengths);
    }

    /// <summary>The wrapped optimizer.</summary>
    public TensorOptimizer Optimizer { get; }

    /// <inheritdoc cref="SamOptions.Radius"/>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double Radius
    {
        get => _radius;
        set => _radius = OptimizerOptionsValidation.AtLeastZero(value, nameof(Radius));
    }

    /// <summary>
    /// One step. Where a closure throws, the parameters are what they were, and the optimizer has not stepped; the gradient is what the
    /// closure has left.
    /// </summary>
    /// <param name="parameters">θ, n elements, updated in place. While the closure runs for the second time they are the ascended point.</param>
    /// <param name="gradient">Where the closure writes g, n elements, of the scaled loss.</param>
    /// <param name="closure">
    /// Computes the gradient at the parameters as they are, and returns the loss. It is called twice (once where the first gradient is 0 or
    /// not finite), for the same samples and the same random numbers.
    /// </param>
    /// <returns>What the step did; its law is a view of the optimizer's own.</returns>
    /// <exception cref="ArgumentException">A length is not n, the two spans overlap, or the optimizer is one of several tensors.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    /// <exception cref="InvalidOperationException">The wrapper is in use already, or another thread is using the optimizer.</exception>
    public unsafe SamReport Step(scoped Span<float> parameters, scoped ReadOnlySpan<float> gradient, Func<double> closure)
    {
        ArgumentNullException.ThrowIfNull(closure);
        using var use = ExclusiveUse.Enter(ref _use);
        TensorArguments.CheckFlat(Optimizer.Lengths, parameters.Length, "span", nameof(parameters));
        TensorArguments.CheckFlat(Optimizer.Lengths, gradient.Length, "span", nameof(gradient));
        if (parameters.Overlaps(gradient))
            throw new ArgumentException("The gradient must not overlap the parameters.", nameof(gradient));
        fixed (float* θ = parameters, g = gradient)
        {
            _tensors.Set(θ, g);
            var loss = closure();
            var norm = AscentNorm();
            var ascended = Ascend(norm, closure);
            return Report(Optimizer.Step(parameters, gradient), ascended, norm, loss);
        }
    }

    /// <summary>One step of all tensors. One whose gradient is empty has none: it neither ascends nor steps.</summary>
    /// <inheritdoc cref="Step(Span{float}, ReadOnlySpan{float}, Func{double})"/>
    /// <param name="parameters">θ, tensor by tensor, updated in place. While the closure runs for the second time they are the ascended point.</param>
    /// <param name="gradients">Where the closure writes g, tensor by tensor, of the scaled loss; empty where there is none.</param>
    /// <param name="closure">
    /// Computes the gradients at the parameters as they are, and returns the loss. It is called twice (once where the first gradient is 0 or
    /// not finite), for the same samples and the same random numbers.
    /// </param>
    /// <exception cref="ArgumentException">The number of tensors or a length is another one, or parameters overlap each other or a gradient.</exception>
    public SamReport Step(scoped ReadOnlySpan<Memory<float>> parameters, scoped ReadOnlySpan<ReadOnlyMemory<float>> gradients, Func<double> closure)
    {
        ArgumentNullException.ThrowIfNull(closure);
        using var use = ExclusiveUse.Enter(ref _use);
        using var pins = _tensors.Pin(parameters, gradients);
        var loss = closure();
        var norm = AscentNorm();
        var ascended = Ascend(norm, closure);
        return Report(Optimizer.Step(parameters, gradients), ascended, norm, loss);
    }

    private double AscentNorm()
    {
        var squares = 0.0;
        for (var tensor = 0; tensor < _copies.Count; tensor++)
            if (g(tensor) is { IsEmpty: false } gradient)
                squares += _options.Adaptive ? WideSums.ScaledSquares(θ(tensor), gradient, _options.AdaptiveOffset) : WideSums.Dot(gradient, gradient);
        return Math.Sqrt(squares);
    }

    /// <summary>Has the closure compute the gradient at the ascended point, and goes back; false where there is no direction to ascend in.</summary>
    private bool Ascend(double norm, Func<double> closure)
    {
        if (!SamOptions.HasDirection(norm, _radius, out var factor))
            return false;
        for (var tensor = 0; tensor < _copies.Count; tensor++)
            θ(tensor).CopyTo(_copies[tensor]);
        try
        {
            // An optimizer that maximises is made robust against what lessens the objective.
            MoveBy(Optimizer.Maximizes ? -factor : factor);
            closure();
        }
        finally
        {
            for (var tensor = 0; tensor < _copies.Count; tensor++)
                _copies[tensor].CopyTo(θ(tensor));
        }
        return true;
    }

    private void MoveBy(double factor)
    {
        for (var tensor = 0; tensor < _copies.Count; tensor++)
            if (g(tensor) is { IsEmpty: false } gradient)
            {
                if (_options.Adaptive)
                    WideUpdates.AddScaled(θ(tensor), gradient, _options.AdaptiveOffset, factor);
                else
                    WideUpdates.Add(θ(tensor), gradient, factor);
            }
    }

    private SamReport Report(StepReport step, bool ascended, double norm, double loss) =>
        new() { Step = step, Ascended = ascended, AscentNorm = norm / Optimizer.LossScale, Loss = loss };

    private Span<float> θ(int tensor) => _tensors.ParametersOf(tensor, _copies[tensor].Length);

    private ReadOnlySpan<float> g(int tensor) => _tensors.GradientOf(tensor, _copies[tensor].Length);
}
