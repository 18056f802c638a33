using System.Diagnostics.CodeAnalysis;
using Rllc.Cuda;
using TorchSharp;

namespace Rllc;

public abstract partial class TorchTensorOptimizer
{
    private readonly List<torch.Tensor> _copies = [];

    /// <summary>
    /// What the last step did; before the first one, that it was applied. With several laws: applied if every law's was, the norm of
    /// all gradients, the least clip factor and the first law.
    /// </summary>
    public StepReport LastStep
    {
        get
        {
            var first = _parts[0].Host.LastStep;
            if (_parts.Length == 1)
                return first;
            var (applied, squares, clipFactor) = (true, 0.0, 1.0);
            foreach (var part in _parts)
            {
                var report = part.Host.LastStep;
                applied &= report.Applied;
                squares += report.GradientNorm * report.GradientNorm;
                clipFactor = Math.Min(clipFactor, report.ClipFactor);
            }
            return new() { Applied = applied, GradientNorm = Math.Sqrt(squares), ClipFactor = clipFactor, Law = first.Law };
        }
    }

    /// <summary>
    /// One step of all parameters. Those without a gradient, and frozen ones (requires_grad = false), stay what they are, and so does
    /// their part of the memory. A gradient whose elements do not lie one after the other is copied. Every parameter and gradient is checked before anything is written.
    /// On a CUDA device the step is queued behind what torch has queued there, and not waited for.
    /// </summary>
    /// <param name="closure">Computes the loss and its gradients anew, with gradients enabled; called once, before the step.</param>
    /// <returns>What the closure returned; null without one.</returns>
    /// <exception cref="InvalidOperationException">A parameter has been replaced, moved or disposed, or has a gradient that does not fit.</exception>
    /// <exception cref="CudaException">Work queued on the device earlier has failed, or the driver refuses.</exception>
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
        using var guard = _hasMasters ? torch.no_grad() : null;
        try
        {
            foreach (var part in _parts)
                part.LocateAll(_copies);
            CheckOverlaps();
            SetRates();
            foreach (var part in _parts)
                part.Step();
            foreach (var parameter in _parameters)
                parameter.Master?.End();
        }
        finally
        {
            foreach (var copy in _copies)
                copy.Dispose();
            _copies.Clear();
        }
        return loss!;
    }

    /// <summary>Where there is one part, its own optimizer sees to it before it writes.</summary>
    private void CheckOverlaps()
    {
        if (_parts.Length == 1)
            return;
        foreach (var part in _parts)
            part.Note(_places);
        _places.CheckOverlaps();
    }

    /// <summary>Hands the rates of the groups, which schedulers and users change at will, to the parts.</summary>
    private void SetRates()
    {
        foreach (var part in _parts)
            for (var i = 0; i < part.Groups.Length; i++)
            {
                var options = (GroupOptions)_parameter_groups[part.Groups[i]].Options;
                part.Host.SetRates(
                    i,
                    options.LearningRate ?? throw Missing(nameof(options.LearningRate), part.Groups[i]),
                    options.WeightDecay ?? throw Missing(nameof(options.WeightDecay), part.Groups[i]));
            }
    }

    private static InvalidOperationException Missing(string rate, int group) =>
        new(FormattableString.Invariant($"{rate} of group {group} has been set to null."));
}
