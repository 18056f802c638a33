using ILGPU;
using ILGPU.Runtime;

namespace Rllc.Kernels;

/// <summary>
/// What every optimizer on an accelerator of ILGPU, CUDA or CPU, has in common, whatever it steps by: parameters and gradients are views
/// of its memory, and so is what is kept for them. A step is queued and does not wait for the device. <see cref="DeviceOptimizer"/> steps
/// by a linear memory and its law, <see cref="DeviceMomentOptimizer"/> by the formula of Adam. Instances are not thread-safe; concurrent
/// use is refused.
/// </summary>
/// <remarks>Nothing here has run on a GPU so far.</remarks>
public abstract partial class DeviceTensorOptimizer : IDisposable
{
    // Bfloat16 on its way to the host, so many numbers at a time.
    private const int WideningLength = 1 << 20;

    private readonly Accelerator _accelerator;
    private readonly TensorLayout _layout;
    private readonly TensorSettings _settings;
    private ExclusiveUse _use;
    private bool _isDisposed;

    private protected DeviceTensorOptimizer(Accelerator accelerator, TensorLayout layout, TensorSettings settings)
    {
        (_accelerator, _layout, _settings) = (accelerator, layout, settings);
        _tensors = new DeviceTensors(layout.Lengths);
        _lastStream = accelerator.DefaultStream;
    }

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

    /// <inheritdoc cref="TensorOptimizerOptions.LossScale"/>
    /// <remarks>A new value is uploaded with the next step, and steps that are queued already keep the old one.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0, or not finite.</exception>
    public double LossScale
    {
        get => _settings.LossScale;
        set => _settings.LossScale = value;
    }

    /// <summary>Number of steps applied so far; skipped ones do not count. Waits until the queued steps are done.</summary>
    /// <exception cref="ObjectDisposedException">The optimizer or its accelerator is disposed.</exception>
    public abstract long ReadStepCount();

    /// <summary>Number of steps skipped so far. Waits until the queued steps are done.</summary>
    /// <exception cref="ObjectDisposedException">The optimizer or its accelerator is disposed.</exception>
    public abstract long ReadSkippedCount();

    /// <summary>What the last step did. Waits until it is done.</summary>
    /// <exception cref="ObjectDisposedException">The optimizer or its accelerator is disposed.</exception>
    /// <exception cref="InvalidOperationException">There has been no step, or another thread is using the optimizer.</exception>
    public StepReport ReadReport()
    {
        using var use = Enter();
        if (!_hasStepped)
            throw new InvalidOperationException("There has been no step to report.");
        var factors = Read(Outcome)[0];
        return new()
        {
            Applied = factors.Applied != 0,
            GradientNorm = factors.GradientNorm,
            ClipFactor = factors.ClipFactor,
            Law = ReadLawOfReport(),
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
            Release();
        }
        GC.SuppressFinalize(this);
    }

    /// <summary>M on the device.</summary>
    private protected abstract ArrayView<byte> M { get; }

    /// <summary>What the last step found, on the device.</summary>
    private protected abstract ArrayView<StepFactors> Outcome { get; }

    /// <summary>The law after the last step, on its way to a report; empty where there is none.</summary>
    private protected virtual double[] ReadLawOfReport() => [];

    /// <summary>Frees what is on the device.</summary>
    private protected abstract void Release();

    private void CopyPart(int unit, int tensor, Span<float> destination)
    {
        if (destination.IsEmpty)
            return;
        var first = _layout.IndexOf(tensor, unit);
        if (_layout.Format == MemoryFormat.Float32)
        {
            Read(M.Cast<float>().SubView(first, destination.Length), destination);
            return;
        }
        var numbers = M.Cast<ushort>();
        var narrow = new ushort[Math.Min(destination.Length, WideningLength)];
        for (var done = 0; done < destination.Length; done += narrow.Length)
        {
            var piece = narrow.AsSpan(0, Math.Min(narrow.Length, destination.Length - done));
            Read(numbers.SubView(first + done, piece.Length), piece);
            BFloat16.Widen(piece, destination[done..]);
        }
    }

    private protected T[] Read<T>(ArrayView<T> source) where T : unmanaged
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
    private protected ExclusiveUse.Use Enter()
    {
        var use = ExclusiveUse.Enter(ref _use);
        if (!_isDisposed && !_accelerator.IsDisposed)
            return use;
        use.Dispose();
        throw new ObjectDisposedException(_isDisposed ? GetType().FullName : _accelerator.GetType().FullName);
    }
}
