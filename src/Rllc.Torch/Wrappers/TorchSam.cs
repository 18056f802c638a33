using TorchSharp;
using TorchSharp.Modules;
using TorchGroup = TorchSharp.Modules.ParamGroup;

namespace Rllc;

/// <summary>
/// Sharpness-aware minimisation (Foret et al., arXiv 2010.01412) with any optimizer of TorchSharp's parameters, its own or a
/// <see cref="TorchOptimizer"/>: a step computes the gradient g at θ, ascends to θ + ρ·g/‖g‖₂ (the norm is that over all parameters),
/// computes the gradient there, goes back to θ, and has the optimizer step from θ with that gradient. θ is put back from a copy, to the
/// last bit. The wrapped optimizer stays its owner's to dispose. Instances are not thread-safe.
/// </summary>
/// <example><code>
/// using var sgd = torch.optim.SGD(model.parameters(), 0.1, momentum: 0.9);
/// using var sam = new TorchSam(sgd, new() { Radius = 0.05 });
/// using var loss = sam.step(() =>
/// {
///     sam.zero_grad();
///     var loss = functional.mse_loss(model.forward(x), y);
///     loss.backward();
///     return loss;
/// });
/// </code></example>
public sealed class TorchSam : TorchWrapper
{
    private readonly SamOptions _options;
    private readonly List<(Parameter Parameter, torch.Tensor Copy)> _copies = [];
    private double _radius;

    /// <summary>Wraps an optimizer.</summary>
    /// <param name="optimizer">Any optimizer but LBFGS, which computes gradients as often as it likes.</param>
    /// <param name="options">How far to ascend.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its bounds.</exception>
    /// <exception cref="ArgumentException">The optimizer cannot be wrapped.</exception>
    public TorchSam(torch.optim.Optimizer optimizer, SamOptions? options = null) : base(optimizer)
    {
        _options = options ?? new();
        _options.Validate();
        _radius = _options.Radius;
    }

    /// <inheritdoc cref="SamOptions.Radius"/>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double Radius
    {
        get => _radius;
        set => _radius = OptimizerOptionsValidation.AtLeastZero(value, nameof(Radius));
    }

    /// <summary>
    /// Whether the wrapped optimizer was given the gradient at the ascended point in the last step; false where the gradient at θ was 0 or
    /// not finite: it was then given that one, and does with it as it would without the wrapper.
    /// </summary>
    public bool Ascended { get; private set; }

    /// <summary>‖g‖₂ at θ in the last step, as the closure computed it; with <see cref="SamOptions.Adaptive"/> ‖Tg‖₂, T = diag(|θ| + η).</summary>
    public double AscentNorm { get; private set; }

    /// <summary>
    /// One step. Parameters without a gradient, and frozen ones, do not ascend. Where a closure throws, the parameters are what they were,
    /// and the optimizer has not stepped. The norm is waited for on a CUDA device.
    /// </summary>
    /// <param name="closure">
    /// Clears the gradients, computes the loss and its gradients, and returns it. It is called with gradients enabled, twice (once where the
    /// first gradient is 0 or not finite), and must compute with the same samples and the same random numbers.
    /// </param>
    /// <returns>The loss at θ; that at the ascended point is disposed.</returns>
    /// <exception cref="ArgumentNullException">There is no closure.</exception>
    /// <exception cref="InvalidOperationException">A gradient is sparse.</exception>
    public override torch.Tensor step(Func<torch.Tensor>? closure = null)
    {
        if (closure is null)
            throw new ArgumentNullException(nameof(closure), "A step needs the gradient at two points: pass the closure that computes it.");
        var loss = Evaluate(closure);
        try
        {
            Ascended = Ascend();
            if (Ascended && Evaluate(closure) is var second && !ReferenceEquals(second, loss))
                second?.Dispose();
        }
        finally
        {
            PutBack();
        }
        Wrapped.step();
        return loss;
    }

    /// <summary>Moves the parameters that have a gradient, unless there is no direction to move them in.</summary>
    private bool Ascend()
    {
        using var guard = torch.no_grad();
        var moves = new List<(Parameter Parameter, torch.Tensor Gradient, bool Maximizes)>();
        try
        {
            foreach (var group in Wrapped.ParamGroups.Cast<TorchGroup>())
                foreach (var parameter in group.Parameters)
                    if (GradientOf(parameter) is { } gradient)
                        moves.Add((parameter, gradient, Maximizing.Of(Wrapped, group.Options)));
            AscentNorm = Math.Sqrt(WideTensors.Sum(moves.Select(move => Squares(move.Parameter, move.Gradient))));
            if (!SamOptions.HasDirection(AscentNorm, _radius, out var factor))
                return false;
            foreach (var (parameter, gradient, maximizes) in moves)
            {
                _copies.Add((parameter, parameter.clone().DetachFromDisposeScope()));
                // A parameter whose loss is maximised is made robust against what lessens it.
                Move(parameter, gradient, maximizes ? -factor : factor);
            }
            return true;
        }
        finally
        {
            foreach (var (_, gradient, _) in moves)
                gradient.Dispose();
        }
    }

    private torch.Tensor Squares(Parameter parameter, torch.Tensor gradient)
    {
        if (!_options.Adaptive)
            return WideTensors.Squares(gradient);
        using var scale = Scale(parameter);
        return WideTensors.Squares(scale.mul_(gradient));
    }

    /// <summary>θ ← θ + factor·g, adaptively θ + factor·T²g, computed in float64 and rounded once.</summary>
    private void Move(Parameter parameter, torch.Tensor gradient, double factor)
    {
        using var point = WideTensors.Copy(parameter);
        using var direction = WideTensors.Copy(gradient);
        if (_options.Adaptive)
        {
            using var scale = Scale(parameter);
            direction.mul_(scale).mul_(scale);
        }
        parameter.copy_(point.add_(direction, alpha: factor));
    }

    /// <summary>|θ| + η in float64.</summary>
    private torch.Tensor Scale(Parameter parameter) => WideTensors.Copy(parameter).abs_().add_(_options.AdaptiveOffset);

    private void PutBack()
    {
        using var guard = torch.no_grad();
        foreach (var (parameter, copy) in _copies)
        {
            parameter.copy_(copy);
            copy.Dispose();
        }
        _copies.Clear();
    }
}
