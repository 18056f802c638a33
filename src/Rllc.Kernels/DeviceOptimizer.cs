using ILGPU;
using ILGPU.Runtime;

namespace Rllc.Kernels;

/// <summary>
/// An optimizer on an accelerator of ILGPU, CUDA or CPU: parameters and gradients are views of its memory, and so are the linear
/// memory M (n parameters × k units) and the one learning law L (arXiv 2402.15262). What a step computes is what
/// <see cref="Optimizer"/> computes; sums are taken in another order. A step is queued and does not wait for the device, not even
/// for the law. The generator derives from this the class Device of a [Propagator] declaration. Instances are not thread-safe;
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
public abstract partial class DeviceOptimizer : IDisposable
{
    // Bfloat16 on its way to the host, so many numbers at a time.
    private const int WideningLength = 1 << 20;

    private readonly Accelerator _accelerator;
    private readonly DeviceLayout _layout;
    private readonly DeviceSettings _settings;
    private readonly StepKind _kind;
    private readonly DeviceState _state;
    private ExclusiveUse _use;
    private bool _isDisposed;

    /// <summary>An optimizer of one or several tensors; compiles the kernels, allocates the memory, M = 0, and waits for that.</summary>
    /// <param name="accelerator">Where.</param>
    /// <param name="memory">B and a, which the kernels implement.</param>
    /// <param name="lengths">The tensors' numbers of parameters, each at least 0.</param>
    /// <param name="options">Hyperparameters; the number of threads is the CPU host's alone.</param>
    /// <param name="kernels">The class of generated kernels.</param>
    /// <exception cref="NotSupportedException">
    /// The accelerator cannot run the kernels, the memory has more than 16 units, or the relaxation is the pseudo-inverse.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative, they are more than 2⁴⁰ together, or an option is out of range.</exception>
    /// <exception cref="ArgumentException">Options contradict each other or the memory, or the kernels are of another memory.</exception>
    protected DeviceOptimizer(Accelerator accelerator, LinearMemory memory, ReadOnlySpan<long> lengths, OptimizerOptions options, Type kernels)
    {
        ArgumentNullException.ThrowIfNull(accelerator);
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(kernels);
        options.Validate(memory.UnitCount);
        DeviceRequirements.CheckAccelerator(accelerator.AcceleratorType, accelerator.Name, accelerator.WarpSize, accelerator.MaxNumThreadsPerGroup);
        DeviceRequirements.CheckKernels(kernels, memory, accelerator.AcceleratorType);
        _accelerator = accelerator;
        _kind = options.KindOfStep();
        _layout = new DeviceLayout(memory, lengths, options.MemoryFormat, StepLaunches.MostGroups(accelerator.AcceleratorType));
        _settings = new DeviceSettings(options, lengths.Length);
        _tensors = new DeviceTensors(lengths);
        _lastStream = accelerator.DefaultStream;
        _launches = new StepLaunches(accelerator, _layout, _kind, kernels);
        _state = new DeviceState(accelerator, _layout, new LawStart(_layout, options));
        try
        {
            _uploads = new Uploads(accelerator, _state.Views);
        }
        catch
        {
            _state.Dispose();
            throw;
        }
    }

    /// <summary>B, a and what follows from them.</summary>
    public LinearMemory LinearMemory => _layout.LinearMemory;

    /// <summary>n, the number of parameters of all tensors.</summary>
    public long Length => _layout.Length;

    /// <summary>The tensors' numbers of parameters.</summary>
    public ReadOnlySpan<long> Lengths => _layout.Lengths;

    /// <inheritdoc cref="TensorOptimizerOptions.MemoryFormat"/>
    public MemoryFormat MemoryFormat => _layout.Format;

    /// <inheritdoc cref="TensorOptimizerOptions.LearningRate"/>
    /// <remarks>A new value is uploaded with the next step, and steps that are queued already keep the old one.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double LearningRate
    {
        get => _settings.LearningRate;
        set => _settings.LearningRate = value;
    }

    /// <inheritdoc cref="OptimizerOptions.LawLearningRate"/>
    /// <remarks>A new value is uploaded with the next step, and steps that are queued already keep the old one.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite, or not 0 though the law is fixed.</exception>
    public double LawLearningRate
    {
        get => _settings.LawLearningRate;
        set => _settings.LawLearningRate = value;
    }

    /// <inheritdoc cref="TensorOptimizerOptions.LossScale"/>
    /// <remarks>A new value is uploaded with the next step, and steps that are queued already keep the old one.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0, or not finite.</exception>
    public double LossScale
    {
        get => _settings.LossScale;
        set => _settings.LossScale = value;
    }

    /// <summary>What the optimizer takes up on the device, and what a step costs there. Nothing waits for the device.</summary>
    public DeviceFootprint Footprint => DeviceFootprint.Of(_layout, _kind, _uploads.Tensors);

    /// <summary>Number of steps applied so far; skipped ones do not count. Waits until the queued steps are done.</summary>
    /// <exception cref="ObjectDisposedException">The optimizer or its accelerator is disposed.</exception>
    public long StepCount => ReadCounters().Step;

    /// <summary>Number of steps skipped so far. Waits until the queued steps are done.</summary>
    /// <exception cref="ObjectDisposedException">The optimizer or its accelerator is disposed.</exception>
    public long SkippedCount => ReadCounters().Skipped;

    /// <summary>G = MᵀM, k×k, as the law sees it: of the scaled, clipped gradients in the memory. Waits until the queued steps are done.</summary>
    /// <exception cref="ObjectDisposedException">The optimizer or its accelerator is disposed.</exception>
    /// <exception cref="InvalidOperationException">The law is fixed: it has no use for G.</exception>
    public SquareMatrix Gram
    {
        get
        {
            using var use = Enter();
            _settings.RequireGram();
            return SquareMatrix.FromRowMajor(_layout.UnitCount, Read(_state.Views.Law.G));
        }
    }

    /// <summary>L, one coefficient per memory unit, named as LinearMemory.Units. Waits until the queued steps are done.</summary>
    /// <exception cref="ObjectDisposedException">The optimizer or its accelerator is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the optimizer.</exception>
    public double[] ReadLaw()
    {
        using var use = Enter();
        return Read(_state.Views.Law.L);
    }

    /// <summary>What the last step did. Waits until it is done.</summary>
    /// <exception cref="ObjectDisposedException">The optimizer or its accelerator is disposed.</exception>
    /// <exception cref="InvalidOperationException">There has been no step, or another thread is using the optimizer.</exception>
    public StepReport ReadReport()
    {
        using var use = Enter();
        if (!_hasStepped)
            throw new InvalidOperationException("There has been no step to report.");
        var factors = Read(_state.Views.Law.Factors)[0];
        return new()
        {
            Applied = factors.Applied != 0,
            GradientNorm = factors.GradientNorm,
            ClipFactor = factors.ClipFactor,
            Law = Read(_state.Views.Law.L),
        };
    }

    /// <summary>Copies one column of M, all tensors one after the other. Waits until the queued steps are done.</summary>
    /// <param name="unit">0 to k − 1.</param>
    /// <param name="destination">n elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit.</exception>
    /// <exception cref="ArgumentException">The destination's length is not n.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer or its accelerator is disposed.</exception>
    public void CopyUnit(int unit, Span<float> destination)
    {
        using var use = Enter();
        TensorArguments.CheckUnit(_layout.UnitCount, unit);
        TensorArguments.CheckAll(Length, destination.Length, "span", nameof(destination));
        for (var tensor = 0; tensor < Lengths.Length; tensor++)
        {
            var length = (int)Lengths[tensor];
            CopyPart(unit, tensor, destination[..length]);
            destination = destination[length..];
        }
    }

    /// <summary>Copies one tensor's part of a column of M. Waits until the queued steps are done.</summary>
    /// <param name="unit">0 to k − 1.</param>
    /// <param name="tensor">Which tensor.</param>
    /// <param name="destination">As many elements as the tensor has.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit or tensor.</exception>
    /// <exception cref="ArgumentException">The destination's length is not the tensor's.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer or its accelerator is disposed.</exception>
    public void CopyUnit(int unit, int tensor, Span<float> destination)
    {
        using var use = Enter();
        TensorArguments.CheckUnit(_layout.UnitCount, unit);
        TensorArguments.CheckPart(Lengths, tensor, destination.Length, nameof(destination));
        CopyPart(unit, tensor, destination);
    }

    /// <summary>Waits for the accelerator and frees the memory, before or after the accelerator is disposed.</summary>
    /// <exception cref="InvalidOperationException">Another thread is using the optimizer.</exception>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            using var use = ExclusiveUse.Enter(ref _use);
            _isDisposed = true;
            _state.Dispose();
        }
        GC.SuppressFinalize(this);
    }

    private LawCounters ReadCounters()
    {
        using var use = Enter();
        return Read(_state.Views.Law.Counters)[0];
    }

    private void CopyPart(int unit, int tensor, Span<float> destination)
    {
        if (destination.IsEmpty)
            return;
        var first = _layout.IndexOf(tensor, unit);
        if (_layout.Format == MemoryFormat.Float32)
        {
            Read(_state.Views.M.Cast<float>().SubView(first, destination.Length), destination);
            return;
        }
        var numbers = _state.Views.M.Cast<ushort>();
        var narrow = new ushort[Math.Min(destination.Length, WideningLength)];
        for (var done = 0; done < destination.Length; done += narrow.Length)
        {
            var piece = narrow.AsSpan(0, Math.Min(narrow.Length, destination.Length - done));
            Read(numbers.SubView(first + done, piece.Length), piece);
            BFloat16.Widen(piece, destination[done..]);
        }
    }

    private T[] Read<T>(ArrayView<T> source) where T : unmanaged
    {
        var values = new T[source.Length];
        Read<T>(source, values);
        return values;
    }

    /// <summary>Copies to the host after what the steps have queued, and waits for it.</summary>
    private unsafe void Read<T>(ArrayView<T> source, Span<T> destination) where T : unmanaged
    {
        fixed (T* pinned = destination)
            source.CopyToCPU(SettledStream(), ref *pinned, destination.Length);
    }

    // Where the accelerator is gone, so is all that was allocated on it: the runtime would touch freed memory.
    private ExclusiveUse.Use Enter()
    {
        var use = ExclusiveUse.Enter(ref _use);
        if (!_isDisposed && !_accelerator.IsDisposed)
            return use;
        use.Dispose();
        throw new ObjectDisposedException(_isDisposed ? GetType().FullName : _accelerator.GetType().FullName);
    }
}
