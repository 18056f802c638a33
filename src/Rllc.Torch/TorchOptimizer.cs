using System.ComponentModel;
using Rllc.Cuda;
using TorchSharp;
using TorchSharp.Modules;

namespace Rllc;

/// <summary>
/// The TorchSharp host: an optimizer of parameters where they are, used as those of torch.optim. It has one linear memory M (n
/// parameters × k units, outside the managed heap) and one learning law L for all of them, learned along with the parameters (arXiv
/// 2402.15262). The generator derives from it the class of a [Propagator] declaration. Parameters are float32 (with master weights also
/// bfloat16 and float16), on the CPU or on a CUDA device, where M is then as well, and steps are queued on torch's default stream
/// without waiting; what reads the optimizer's state waits. docs/torchsharp.md describes its use. Instances are not thread-safe.
/// </summary>
/// <example><code>
/// [Propagator("M(0.9) ⊕ M(0)")]
/// public sealed partial class MomentumMix : TorchOptimizer;
///
/// using var optimizer = new MomentumMix(model.named_parameters(), new() { LearningRate = 0.03 });
/// optimizer.zero_grad();
/// loss.backward();
/// optimizer.step();
/// </code></example>
public abstract class TorchOptimizer : TorchTensorOptimizer
{
    /// <summary>An optimizer of parameter groups, with an empty memory.</summary>
    /// <param name="memory">What the kernels implement: B and a of a linear memory, or a rule.</param>
    /// <param name="parameterGroups">The groups; those without a learning rate or weight decay get the options'.</param>
    /// <param name="options">Hyperparameters.</param>
    /// <exception cref="ArgumentException">
    /// There are no parameters, one is given twice, no leaf, or does not hold contiguous numbers of a supported type; an option is out of range,
    /// or options contradict each other.
    /// </exception>
    /// <exception cref="NotSupportedException">The parameters are on a device that is neither the CPU nor one of CUDA, or its kernels do not support the memory or an option.</exception>
    /// <exception cref="InvalidOperationException">The parameters are on a CUDA device, and the assembly of the class embeds no kernels.</exception>
    /// <exception cref="CudaException">The driver refuses, or the device's memory is exhausted.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected TorchOptimizer(MemoryRule memory, IEnumerable<TorchSharp.Modules.ParamGroup> parameterGroups, TorchOptimizerOptions options)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(parameterGroups);
        ArgumentNullException.ThrowIfNull(options);
        if (!Enum.IsDefined(options.LawScope))
            throw new ArgumentOutOfRangeException(nameof(options), FormattableString.Invariant($"LawScope must be one of the named scopes, not {options.LawScope}."));
        Memory = memory;
        Scope = options.LawScope;
        Begin(parameterGroups, options, options.MasterWeights);
    }

    /// <summary>An optimizer of one group of parameters, with an empty memory.</summary>
    /// <param name="memory">What the kernels implement: B and a of a linear memory, or a rule.</param>
    /// <param name="parameters">The parameters, as module.parameters() gives them.</param>
    /// <param name="options">Hyperparameters.</param>
    /// <inheritdoc cref="TorchOptimizer(MemoryRule, IEnumerable{TorchSharp.Modules.ParamGroup}, TorchOptimizerOptions)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected TorchOptimizer(MemoryRule memory, IEnumerable<Parameter> parameters, TorchOptimizerOptions options)
        : this(memory, [new ParamGroup(parameters)], options)
    {
    }

    /// <summary>An optimizer of one group of parameters with names, with an empty memory.</summary>
    /// <param name="memory">What the kernels implement: B and a of a linear memory, or a rule.</param>
    /// <param name="parameters">The parameters, as module.named_parameters() gives them.</param>
    /// <param name="options">Hyperparameters.</param>
    /// <inheritdoc cref="TorchOptimizer(MemoryRule, IEnumerable{TorchSharp.Modules.ParamGroup}, TorchOptimizerOptions)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected TorchOptimizer(MemoryRule memory, IEnumerable<(string name, Parameter parameter)> parameters, TorchOptimizerOptions options)
        : this(memory, [new ParamGroup(parameters)], options)
    {
    }

    /// <summary>The memory: a <see cref="Rllc.LinearMemory"/>, or one that a method updates.</summary>
    public MemoryRule Memory { get; }

    /// <summary>B, a and what follows from them.</summary>
    /// <exception cref="InvalidOperationException">The memory is updated by a method, and is not linear.</exception>
    public LinearMemory LinearMemory => Memory.AsLinear();

    /// <inheritdoc cref="OptimizerOptions.LawLearningRate"/>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite, or not 0 though the law is fixed.</exception>
    public double LawLearningRate
    {
        get => LawAt(0).LawLearningRate;
        set
        {
            for (var law = 0; law < LawCount; law++)
                LawAt(law).LawLearningRate = value;
        }
    }

    /// <summary>How many learning laws there are: one, unless <see cref="TorchOptimizerOptions.LawScope"/> says otherwise.</summary>
    public int LawCount => Parts.Length;

    /// <summary>L, one coefficient per memory unit: on the CPU a view of the optimizer's own, until the next load or added group; from CUDA a copy.</summary>
    /// <param name="law">Which law: 0, or with a law for each the number of the group or parameter.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such law.</exception>
    public ReadOnlySpan<double> LawCoefficients(int law = 0) => LawAt(law).LawCoefficients;

    /// <summary>G = MᵀM, k×k, as a law sees it: of the scaled, clipped gradients in the memory.</summary>
    /// <param name="law">Which law: 0, or with a law for each the number of the group or parameter.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such law.</exception>
    /// <exception cref="InvalidOperationException">The law is fixed: no Gram matrix is computed.</exception>
    public SquareMatrix Gram(int law = 0) => LawAt(law).Gram;

    /// <summary>Makes the generated optimizer of the CPU's host, for parameters that share a law.</summary>
    /// <param name="lengths">Their numbers of elements.</param>
    /// <param name="options">Hyperparameters.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract Optimizer CreateOnCpu(ReadOnlySpan<long> lengths, OptimizerOptions options);

    /// <inheritdoc/>
    internal sealed override int UnitCount => Memory.StateNames.Length;

    /// <inheritdoc/>
    private protected sealed override LawScope Scope { get; }

    /// <inheritdoc/>
    private protected override TensorHosts NewHosts(torch.Device device)
    {
        if (device.type != DeviceType.CUDA)
            return new CpuHosts(NewOnCpu, state => new CpuLawHost((Optimizer)state));
        return new CudaLawHosts(new CudaDevice(device.index), Memory, format => EmbeddedPtx.Read(GetType(), format), PtxCache.Default, NewOnCpu);
    }

    /// <inheritdoc/>
    private protected sealed override TensorOptimizer NewOnCpu(long[] lengths, TensorOptimizerOptions options) => CreateOnCpu(lengths, (OptimizerOptions)options);

    /// <inheritdoc/>
    private protected sealed override string? DifferenceFrom(TorchTensorOptimizer other) =>
        other is not TorchOptimizer { Memory: var memory } ? "The state is that of another kind of optimizer."
        : memory.ToString() != Memory.ToString() ? $"The state is of another memory: {NameOf(memory)}, the optimizer's is {NameOf(Memory)}."
        : null;

    private static string NameOf(MemoryRule memory) => LawMetadata.Identity(memory);

    /// <inheritdoc/>
    internal sealed override bool SharesStateWith(TorchTensorOptimizer other)
    {
        if (other is not TorchOptimizer optimizer || optimizer.LawCount != LawCount)
            return false;
        for (var law = 0; law < LawCount; law++)
            if (!ParameterState.AreClose(LawCoefficients(law), optimizer.LawCoefficients(law)))
                return false;
        return true;
    }

    private ILawHost LawAt(int law) => law >= 0 && law < LawCount
        ? (ILawHost)Parts[law].Host
        : throw new ArgumentOutOfRangeException(nameof(law), FormattableString.Invariant($"The optimizer has the laws 0 to {LawCount - 1}, not {law}."));
}
