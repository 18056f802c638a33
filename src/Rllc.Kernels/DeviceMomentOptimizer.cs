using System.ComponentModel;
using ILGPU;
using ILGPU.Runtime;

namespace Rllc.Kernels;

/// <summary>
/// Adam, AdamW, RMSprop or SGD on an accelerator of ILGPU, CUDA or CPU, with or without a buffer of critical momenta or gradients. What a step computes is
/// what <see cref="MomentOptimizer"/> computes; the norm is summed in another order. Whether a step is applied, the step counts of
/// tensors and the entries of a buffer are the device's own. The generator derives from this the class Device of an [Adam], [AdamW],
/// [RmsProp] or [Sgd] declaration. Instances are not thread-safe; concurrent use is refused.
/// </summary>
/// <remarks>Nothing here has run on a GPU so far.</remarks>
/// <example><code>
/// [Adam]
/// public sealed partial class MyAdam;
///
/// using var optimizer = new MyAdam.Device(accelerator, parameters.Length, new() { LearningRate = 0.001 });
/// optimizer.Step(parameters, gradient, stream);
/// </code></example>
public abstract class DeviceMomentOptimizer : DeviceTensorOptimizer
{
    private readonly MomentDeviceSettings _settings;
    private readonly DeviceState<MomentViews> _state;
    private readonly KernelSequence<MomentViews> _launches;
    private readonly Uploads<MomentSettings> _uploads;

    /// <summary>An optimizer of one or several tensors; compiles the kernels, allocates the memory, m = v = 0, and waits for that.</summary>
    /// <param name="accelerator">Where.</param>
    /// <param name="formula">What the kernel implements.</param>
    /// <param name="lengths">The tensors' numbers of parameters, each at least 0.</param>
    /// <param name="options">Hyperparameters; the number of threads is the CPU host's alone.</param>
    /// <param name="kernels">The class of the generated kernel.</param>
    /// <exception cref="NotSupportedException">The accelerator cannot run the kernels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative, they are more than 2⁴⁰ together, or an option is out of range.</exception>
    /// <exception cref="ArgumentException">The kernel is of another formula.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected DeviceMomentOptimizer(Accelerator accelerator, MomentFormula formula, ReadOnlySpan<long> lengths, MomentOptions options, Type kernels)
        : this(accelerator, NewLayout(accelerator, formula, lengths, options, kernels), new(formula, options, lengths.Length), formula, kernels)
    {
    }

    private DeviceMomentOptimizer(Accelerator accelerator, TensorLayout layout, MomentDeviceSettings settings, MomentFormula formula, Type kernels)
        : base(accelerator, layout, settings)
    {
        _settings = settings;
        _launches = new(accelerator, layout, StepSequence.OfMoments(settings.NeedsNorm), kernels);
        _state = new(accelerator, buffers => InitialViews.OfMoments(buffers, layout, formula));
        try
        {
            _uploads = new(accelerator, _state.Views.Settings, _state.Views.Elements.Tensors);
        }
        catch
        {
            _state.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public sealed override long ReadStepCount() => ReadCounters().Step;

    /// <inheritdoc/>
    public sealed override long ReadSkippedCount() => ReadCounters().Skipped;

    /// <inheritdoc/>
    private protected sealed override ArrayView<byte> M => _state.Views.Elements.M;

    /// <inheritdoc/>
    private protected sealed override ArrayView<StepFactors> Outcome => _state.Views.Outcome;

    /// <inheritdoc/>
    private protected sealed override void Queue(DeviceTensors tensors, AcceleratorStream stream)
    {
        _uploads.Update(stream, _settings.For(tensors), tensors.Entries);
        _launches.Launch(stream, _state.Views);
    }

    /// <inheritdoc/>
    private protected sealed override void Release() => _state.Dispose();

    /// <summary>The layout, once the arguments are found good: before anything is made of them.</summary>
    private static TensorLayout NewLayout(Accelerator accelerator, MomentFormula formula, ReadOnlySpan<long> lengths, MomentOptions options, Type kernels)
    {
        ArgumentNullException.ThrowIfNull(accelerator);
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(kernels);
        formula.Validate();
        MomentOptimizer.Validate(options);
        DeviceRequirements.CheckAccelerator(accelerator.AcceleratorType, accelerator.Name, accelerator.WarpSize, accelerator.MaxNumThreadsPerGroup);
        DeviceRequirements.CheckKernels(kernels, formula, accelerator.AcceleratorType);
        return MomentDeviceSettings.LayOut(formula, lengths, options.MemoryFormat, DeviceGroups.MostGroups(accelerator.AcceleratorType));
    }

    private MomentCounters ReadCounters()
    {
        using var use = Enter();
        return Read(_state.Views.Counters)[0];
    }
}
