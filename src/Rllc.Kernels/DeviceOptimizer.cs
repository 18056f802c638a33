using System.ComponentModel;
using ILGPU;
using ILGPU.Runtime;

namespace Rllc.Kernels;

/// <summary>
/// An optimizer on an accelerator of ILGPU, CUDA or CPU: parameters and gradients are views of its memory, and so are the
/// memory M (n parameters × k units) and the one learning law L (arXiv 2402.15262). What a step computes is what
/// <see cref="Optimizer"/> computes; sums are taken in another order. A step is queued and does not wait for the device, not even
/// for the law. The generator derives from this the class Device of a [Propagator], [LinearMemory] or [MemoryRule] declaration. Instances are not thread-safe;
/// concurrent use is refused.
/// </summary>
/// <remarks>Nothing here has run on a GPU so far.</remarks>
/// <example><code>
/// [Propagator("M(0.9) ⊕ M(0)")]
/// public sealed partial class MomentumMix;
///
/// using var optimizer = new MomentumMix.Device(accelerator, parameters.Length, new() { LearningRate = 0.03 });
/// optimizer.Step(parameters, gradient, stream);
/// </code></example>
public abstract class DeviceOptimizer : DeviceTensorOptimizer
{
    private readonly DeviceLayout _layout;
    private readonly DeviceSettings _settings;
    private readonly StepKind _kind;
    private readonly DeviceState<StepViews> _state;
    private readonly KernelSequence<StepViews> _launches;
    private readonly Uploads<LawSettings> _uploads;

    /// <summary>An optimizer of one or several tensors; compiles the kernels, allocates the memory, M = 0, and waits for that.</summary>
    /// <param name="accelerator">Where.</param>
    /// <param name="memory">What the kernels implement: B and a of a linear memory, or a rule.</param>
    /// <param name="lengths">The tensors' numbers of parameters, each at least 0.</param>
    /// <param name="options">Hyperparameters; the number of threads is the CPU host's alone.</param>
    /// <param name="kernels">The class of generated kernels.</param>
    /// <exception cref="NotSupportedException">
    /// The accelerator cannot run the kernels, the memory has more than 16 units, or the relaxation is the pseudo-inverse.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative, they are more than 2⁴⁰ together, or an option is out of range.</exception>
    /// <exception cref="ArgumentException">Options contradict each other or the memory, or the kernels are of another memory.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected DeviceOptimizer(Accelerator accelerator, MemoryRule memory, ReadOnlySpan<long> lengths, OptimizerOptions options, Type kernels)
        : this(accelerator, NewLayout(accelerator, memory, lengths, options, kernels), new DeviceSettings(options, lengths.Length), options, kernels)
    {
    }

    private DeviceOptimizer(Accelerator accelerator, DeviceLayout layout, DeviceSettings settings, OptimizerOptions options, Type kernels)
        : base(accelerator, layout, settings)
    {
        (_layout, _settings, _kind) = (layout, settings, options.KindOfStep());
        _launches = new(accelerator, layout, StepSequence.Of(_kind), kernels);
        _state = new(accelerator, buffers => InitialViews.OfLaw(buffers, layout, new LawStart(layout, options)));
        try
        {
            _uploads = new(accelerator, _state.Views.Law.Settings, _state.Views.Elements.Tensors);
        }
        catch
        {
            _state.Dispose();
            throw;
        }
    }

    /// <summary>The memory: a <see cref="Rllc.LinearMemory"/>, or one that a method updates.</summary>
    public MemoryRule Memory => _layout.Memory;

    /// <summary>B, a and what follows from them.</summary>
    /// <exception cref="InvalidOperationException">The memory is updated by a method, and is not linear.</exception>
    public LinearMemory LinearMemory => Memory.AsLinear();

    /// <inheritdoc cref="OptimizerOptions.LawLearningRate"/>
    /// <remarks>A new value is uploaded with the next step, and steps that are queued already keep the old one.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite, or not 0 though the law is fixed.</exception>
    public double LawLearningRate
    {
        get => _settings.LawLearningRate;
        set => _settings.LawLearningRate = value;
    }

    /// <summary>What the optimizer takes up on the device, and what a step costs there. Nothing waits for the device.</summary>
    public DeviceFootprint Footprint => DeviceFootprint.Of(_layout, _kind, _uploads.Tensors);

    /// <inheritdoc/>
    public sealed override long ReadStepCount() => ReadCounters().Step;

    /// <inheritdoc/>
    public sealed override long ReadSkippedCount() => ReadCounters().Skipped;

    /// <summary>
    /// G = MᵀM, k×k, as the law sees it: of the scaled, clipped gradients in the memory. Of a memory that is not linear it is that of before
    /// the last step. Waits until the queued steps are done.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The optimizer or its accelerator is disposed.</exception>
    /// <exception cref="InvalidOperationException">The law is fixed: it has no use for G.</exception>
    public SquareMatrix ReadGram()
    {
        using var use = Enter();
        _settings.RequireGram();
        return SquareMatrix.FromRowMajor(_layout.Memory.UnitCount, Read(_state.Views.Law.G));
    }

    /// <summary>L, one coefficient per memory unit, in the order of the memory's units. Waits until the queued steps are done.</summary>
    /// <exception cref="ObjectDisposedException">The optimizer or its accelerator is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the optimizer.</exception>
    public double[] ReadLaw()
    {
        using var use = Enter();
        return Read(_state.Views.Law.L);
    }

    /// <inheritdoc/>
    private protected sealed override ArrayView<byte> M => _state.Views.Elements.M;

    /// <inheritdoc/>
    private protected sealed override ArrayView<StepFactors> Outcome => _state.Views.Law.Factors;

    /// <inheritdoc/>
    private protected sealed override double[] ReadLawOfReport() => Read(_state.Views.Law.L);

    /// <inheritdoc/>
    private protected sealed override void Queue(DeviceTensors tensors, AcceleratorStream stream)
    {
        _uploads.Update(stream, _settings.For(tensors), tensors.Entries);
        _launches.Launch(stream, _state.Views);
    }

    /// <inheritdoc/>
    private protected sealed override void Release() => _state.Dispose();

    /// <summary>The layout, once the arguments are found good: before anything is made of them.</summary>
    private static DeviceLayout NewLayout(Accelerator accelerator, MemoryRule memory, ReadOnlySpan<long> lengths, OptimizerOptions options, Type kernels)
    {
        ArgumentNullException.ThrowIfNull(accelerator);
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(kernels);
        options.Validate(memory);
        DeviceRequirements.CheckAccelerator(accelerator.AcceleratorType, accelerator.Name, accelerator.WarpSize, accelerator.MaxNumThreadsPerGroup);
        DeviceRequirements.CheckKernels(kernels, memory, accelerator.AcceleratorType);
        return new(memory, lengths, options.MemoryFormat, DeviceGroups.MostGroups(accelerator.AcceleratorType));
    }

    private LawCounters ReadCounters()
    {
        using var use = Enter();
        return Read(_state.Views.Law.Counters)[0];
    }
}
