using System.Diagnostics.CodeAnalysis;
using TorchSharp;

namespace Rllc;

public abstract partial class TorchOptimizer
{
    private readonly List<torch.Tensor> _copies = [];
    private bool _applied = true;
    private double _gradientNorm;
    private double _clipFactor = 1;

    /// <summary>
    /// What the last step did; before the first one, that it was applied. With several laws: applied if every law's was, the norm of
    /// all gradients, the least clip factor and the first law.
    /// </summary>
    public StepReport LastStep => new() { Applied = _applied, GradientNorm = _gradientNorm, ClipFactor = _clipFactor, Law = LawCoefficients() };

    /// <summary>
    /// One step of all parameters: c = Mᵀg, γ = g·g; L ← L + c₂·G⁺c; M ← MB + gaᵀ; θ ← (1 − c₁·decay)·θ − c₁·ML. Parameters
    /// without a gradient, and frozen ones (requires_grad = false), stay what they are, and so does their part of M. A gradient
    /// whose elements do not lie one after the other is copied. Every parameter and gradient is checked before anything is written.
    /// </summary>
    /// <param name="closure">Computes the loss and its gradients anew, with gradients enabled; called once, before the step.</param>
    /// <returns>What the closure returned; null without one.</returns>
    /// <exception cref="InvalidOperationException">A parameter has been replaced, moved or disposed, or has a gradient that does not fit.</exception>
    /// <exception cref="ArgumentException">A group's rate is out of range, or parameters overlap each other or a gradient.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    [return: NotNullIfNotNull(nameof(closure))]
    public override torch.Tensor? step(Func<torch.Tensor>? closure = null)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var loss = default(torch.Tensor);
        if (closure is not null)
            using (torch.enable_grad())
                loss = closure();
        try
        {
            foreach (var law in _laws)
                law.LocateAll(_copies);
            CheckOverlaps();
            SetRates();
            Step();
        }
        finally
        {
            foreach (var copy in _copies)
                copy.Dispose();
            _copies.Clear();
        }
        return loss!;
    }

    /// <summary>Where there is one law, its own optimizer sees to it before it writes.</summary>
    private void CheckOverlaps()
    {
        if (_laws.Length == 1)
            return;
        foreach (var law in _laws)
            law.Note(_places);
        _places.CheckOverlaps();
    }

    private void Step()
    {
        (_applied, _clipFactor) = (true, 1);
        var squares = 0.0;
        foreach (var law in _laws)
        {
            var report = law.Step();
            _applied &= report.Applied;
            _clipFactor = Math.Min(_clipFactor, report.ClipFactor);
            squares += report.GradientNorm * report.GradientNorm;
            _gradientNorm = _laws.Length == 1 ? report.GradientNorm : Math.Sqrt(squares);
        }
    }

    /// <summary>Hands the rates of the groups, which schedulers and users change at will, to the laws.</summary>
    private void SetRates()
    {
        foreach (var law in _laws)
            for (var i = 0; i < law.Groups.Length; i++)
            {
                var options = (GroupOptions)_parameter_groups[law.Groups[i]].Options;
                law.Optimizer.SetRates(
                    i,
                    options.LearningRate ?? throw Missing(nameof(options.LearningRate), law.Groups[i]),
                    options.WeightDecay ?? throw Missing(nameof(options.WeightDecay), law.Groups[i]));
            }
    }

    private static InvalidOperationException Missing(string rate, int group) =>
        new(FormattableString.Invariant($"{rate} of group {group} has been set to null."));
}
