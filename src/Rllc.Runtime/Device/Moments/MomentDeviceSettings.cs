namespace Rllc;

/// <summary>What a user may change between steps by moments, and with it the settings that the coming step needs on the device.</summary>
/// <param name="formula">What the kernels implement.</param>
/// <param name="options">Validated options.</param>
/// <param name="tensorCount">Number of tensors, of one group at first.</param>
internal sealed class MomentDeviceSettings(MomentFormula formula, MomentOptions options, int tensorCount) : TensorSettings(options, tensorCount)
{
    private MomentSettings _settings = MomentSettings.From(formula, options);

    /// <summary>
    /// How tensors and their moments lie on a device: a group of a pass sums γ alone, and works on one chunk alone where each tensor's own
    /// norm is asked for.
    /// </summary>
    /// <param name="formula">A validated formula.</param>
    /// <param name="lengths">The tensors' numbers of elements.</param>
    /// <param name="format">What M is kept in.</param>
    /// <param name="mostGroups">Most groups of a pass.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative, or they are more than 2⁴⁰ together.</exception>
    public static TensorLayout LayOut(MomentFormula formula, ReadOnlySpan<long> lengths, MemoryFormat format, int mostGroups = TensorLayout.MostGroups) =>
        new(formula.UnitCount, sumCount: 1, lengths, format, formula.IsReference ? int.MaxValue : mostGroups);

    /// <summary>Whether a step passes over the gradient for its norm.</summary>
    public bool NeedsNorm => _settings.NeedsNorm != 0;

    /// <summary>Takes over other options; groups stay, with those options' rates.</summary>
    /// <param name="options">Validated options.</param>
    public void Replace(MomentOptions options)
    {
        _settings = MomentSettings.From(formula, options);
        ReplaceCommon(options);
    }

    /// <summary>The settings of a step, for which the tensors' table gets its rates.</summary>
    /// <param name="tensors">Its tensors.</param>
    public MomentSettings For(DeviceTensors tensors)
    {
        tensors.SetPlainRates(Rates);
        return _settings with { LossScale = LossScale };
    }
}
