using TorchSharp;

namespace Rllc;

/// <summary>
/// Scales the loss, so that gradients in half precision do not vanish, as torch.amp.GradScaler: the scale is halved where a step was
/// skipped because the scaled gradients were not finite, and doubled after a long row of steps that were not. The optimizer itself
/// takes the scale out of the gradients again, before it clips them.
/// </summary>
/// <example><code>
/// optimizer.zero_grad();
/// scaler.scale(loss).backward();
/// scaler.step(optimizer);
/// scaler.update();
/// </code></example>
public sealed class GradScaler
{
    private readonly double _growthFactor;
    private readonly double _backoffFactor;
    private readonly int _growthInterval;
    private double _scale;
    private int _growthTracker;
    private bool? _allApplied;

    /// <summary>Begins with a scale.</summary>
    /// <param name="init_scale">The first scale. Above 0.</param>
    /// <param name="growth_factor">What the scale is multiplied with after a row of good steps. Above 1.</param>
    /// <param name="backoff_factor">What it is multiplied with after a skipped step. Between 0 and 1.</param>
    /// <param name="growth_interval">The length of the row. At least 1.</param>
    /// <param name="enabled">False to scale nothing, so that one loop serves both.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its bounds.</exception>
    public GradScaler(double init_scale = 65536, double growth_factor = 2, double backoff_factor = 0.5, int growth_interval = 2000, bool enabled = true)
    {
        _scale = OptimizerOptionsValidation.AboveZero(init_scale, nameof(init_scale));
        _growthFactor = InRange(growth_factor, nameof(growth_factor), growth_factor > 1 && double.IsFinite(growth_factor), "finite and above 1");
        _backoffFactor = InRange(backoff_factor, nameof(backoff_factor), backoff_factor is > 0 and < 1, "between 0 and 1");
        _growthInterval = (int)InRange(growth_interval, nameof(growth_interval), growth_interval >= 1, "at least 1");
        is_enabled = enabled;
    }

    /// <summary>Whether the loss is scaled at all.</summary>
    public bool is_enabled { get; }

    /// <summary>The scale; 1 where it is not enabled.</summary>
    public double get_scale() => is_enabled ? _scale : 1;

    /// <summary>The loss times the scale.</summary>
    /// <param name="loss">The loss.</param>
    public torch.Tensor scale(torch.Tensor loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return loss * get_scale();
    }

    /// <summary>A step that takes the scale out of the gradients, and is skipped where they are not finite.</summary>
    /// <param name="optimizer">The optimizer, which skips steps that are not finite.</param>
    /// <returns>Whether the step was applied.</returns>
    /// <exception cref="ArgumentException">The optimizer's options do not skip such steps.</exception>
    public bool step(TorchTensorOptimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        if (is_enabled && !optimizer.SkipsNonFinite)
            throw new ArgumentException(
                "The optimizer applies gradients that are not finite, and the scale would never fall: set SkipNonFinite, and exact timing where a law learns.", nameof(optimizer));
        optimizer.LossScale = get_scale();
        optimizer.step();
        var applied = optimizer.LastStep.Applied;
        _allApplied = _allApplied != false && applied;
        return applied;
    }

    /// <summary>Adapts the scale to the steps since the last update. Where several optimizers step, once after all of them.</summary>
    /// <exception cref="InvalidOperationException">There was none.</exception>
    public void update()
    {
        if (_allApplied is not { } allApplied)
            throw new InvalidOperationException("There was no step since the last update.");
        _allApplied = null;
        if (!is_enabled)
            return;
        if (!allApplied)
            (_scale, _growthTracker) = (_scale * _backoffFactor, 0);
        else if (++_growthTracker == _growthInterval)
            (_scale, _growthTracker) = (_scale * _growthFactor, 0);
    }

    /// <summary>The scale, and how many good steps there were since it last changed: all that a resumed run needs.</summary>
    public (double scale, int growth_tracker) state_dict() => (_scale, _growthTracker);

    /// <summary>Takes over what <see cref="state_dict"/> returned.</summary>
    /// <param name="state">The scale, above 0, and the number of good steps, less than the interval.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is out of its bounds; nothing is changed.</exception>
    public void load_state_dict((double scale, int growth_tracker) state)
    {
        var scale = OptimizerOptionsValidation.AboveZero(state.scale, nameof(state.scale));
        var isInRange = state.growth_tracker >= 0 && state.growth_tracker < _growthInterval;
        _growthTracker = (int)InRange(state.growth_tracker, nameof(state.growth_tracker), isInRange, "at least 0 and less than the growth interval");
        _scale = scale;
    }

    private static double InRange(double value, string name, bool isInRange, string bound) => isInRange
        ? value
        : throw new ArgumentOutOfRangeException(name, FormattableString.Invariant($"{name} must be {bound}, not {value}."));
}
