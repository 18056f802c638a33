using System.ComponentModel;
using Rllc.Cuda;
using TorchSharp;
using TorchSharp.Modules;

namespace Rllc;

/// <summary>
/// Adam, AdamW, RMSprop or SGD of TorchSharp's parameters where they are, with or without a buffer of critical momenta or gradients, used as
/// those of torch.optim. The generator derives from it the class of an [Adam], [AdamW], [RmsProp] or [Sgd] declaration. Each parameter counts its own steps for the
/// bias corrections, as in torch. docs/torchsharp.md and docs/adam.md describe its use. Instances are not thread-safe.
/// </summary>
/// <example><code>
/// [AdamW]
/// public sealed partial class MyAdamW : TorchMomentOptimizer;
///
/// using var optimizer = new MyAdamW(model.named_parameters(), new() { LearningRate = 0.001 });
/// optimizer.zero_grad();
/// loss.backward();
/// optimizer.step();
/// </code></example>
public abstract class TorchMomentOptimizer : TorchTensorOptimizer
{
    private readonly MomentFormula _formula;

    /// <summary>An optimizer of parameter groups, with m = v = 0.</summary>
    /// <param name="formula">What the kernel implements.</param>
    /// <param name="parameterGroups">The groups; those without a learning rate or weight decay get the options'.</param>
    /// <param name="options">Hyperparameters.</param>
    /// <exception cref="ArgumentException">
    /// There are no parameters, one is given twice, no leaf, or does not hold contiguous numbers of a supported type, or an option is out of range.
    /// </exception>
    /// <exception cref="NotSupportedException">The parameters are on a device that is neither the CPU nor one of CUDA.</exception>
    /// <exception cref="InvalidOperationException">The parameters are on a CUDA device, and the assembly of the class embeds no kernels.</exception>
    /// <exception cref="CudaException">The driver refuses, or the device's memory is exhausted.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected TorchMomentOptimizer(MomentFormula formula, IEnumerable<TorchSharp.Modules.ParamGroup> parameterGroups, TorchMomentOptions options)
    {
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(parameterGroups);
        ArgumentNullException.ThrowIfNull(options);
        _formula = formula;
        Begin(parameterGroups, options, options.MasterWeights);
    }

    /// <summary>An optimizer of one group of parameters, with m = v = 0.</summary>
    /// <param name="formula">What the kernel implements.</param>
    /// <param name="parameters">The parameters, as module.parameters() gives them.</param>
    /// <param name="options">Hyperparameters.</param>
    /// <inheritdoc cref="TorchMomentOptimizer(MomentFormula, IEnumerable{TorchSharp.Modules.ParamGroup}, TorchMomentOptions)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected TorchMomentOptimizer(MomentFormula formula, IEnumerable<Parameter> parameters, TorchMomentOptions options)
        : this(formula, [new ParamGroup(parameters)], options)
    {
    }

    /// <summary>An optimizer of one group of parameters with names, with m = v = 0.</summary>
    /// <param name="formula">What the kernel implements.</param>
    /// <param name="parameters">The parameters, as module.named_parameters() gives them.</param>
    /// <param name="options">Hyperparameters.</param>
    /// <inheritdoc cref="TorchMomentOptimizer(MomentFormula, IEnumerable{TorchSharp.Modules.ParamGroup}, TorchMomentOptions)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected TorchMomentOptimizer(MomentFormula formula, IEnumerable<(string name, Parameter parameter)> parameters, TorchMomentOptions options)
        : this(formula, [new ParamGroup(parameters)], options)
    {
    }

    /// <summary>Makes the generated optimizer of the CPU's host.</summary>
    /// <param name="lengths">The parameters' numbers of elements.</param>
    /// <param name="options">Hyperparameters.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract MomentOptimizer CreateOnCpu(ReadOnlySpan<long> lengths, MomentOptions options);

    /// <summary>What the kernels implement.</summary>
    private protected MomentFormula DeclaredFormula => _formula;

    /// <inheritdoc/>
    internal sealed override int UnitCount => _formula.UnitCount;

    /// <inheritdoc/>
    private protected override TensorHosts NewHosts(torch.Device device)
    {
        if (device.type != DeviceType.CUDA)
            return new CpuHosts(NewOnCpu, state => new CpuHost(state));
        return new CudaMomentHosts(new CudaDevice(device.index), _formula, format => EmbeddedPtx.Read(GetType(), format), PtxCache.Default, NewOnCpu);
    }

    /// <inheritdoc/>
    private protected sealed override TensorOptimizer NewOnCpu(long[] lengths, TensorOptimizerOptions options) => CreateOnCpu(lengths, (MomentOptions)options);

    /// <inheritdoc/>
    private protected sealed override string? DifferenceFrom(TorchTensorOptimizer other) =>
        other is not TorchMomentOptimizer { _formula: var formula } ? "The state is that of another kind of optimizer."
        : formula != _formula ? $"The state is of another formula: {formula}, the optimizer's is {_formula}."
        : null;

    /// <inheritdoc/>
    internal sealed override bool SharesStateWith(TorchTensorOptimizer other) => StepCount == other.StepCount;
}
