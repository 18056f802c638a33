using ILGPU;
using ILGPU.Runtime;

namespace Rllc.Kernels;

public abstract partial class DeviceTensorOptimizer
{
    private readonly DeviceTensors _tensors;
    private AcceleratorStream _lastStream;
    private bool _hasStepped;

    /// <summary>
    /// Queues one step, by the formula of the optimizer. It does not wait for the device. Steps are applied or skipped as <see cref="TensorOptimizer.Step(Span{float}, ReadOnlySpan{float})"/> says, which the device
    /// finds out itself; <see cref="ReadReport"/> tells. The views must live until the step is done.
    /// </summary>
    /// <param name="parameters">θ, n elements, updated in place; any view of the accelerator's memory, fastest at multiples of 16 bytes.</param>
    /// <param name="gradient">g, n elements, of the scaled loss.</param>
    /// <param name="stream">
    /// A stream of the accelerator; null is its default one. On another stream than the last step's it waits for that one first.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A length is not n, the views overlap, are freed, are of another accelerator, as is the stream, or the optimizer is one of several
    /// tensors. Nothing is queued.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The optimizer or its accelerator is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the optimizer.</exception>
    public void Step(ArrayView<float> parameters, ArrayView<float> gradient, AcceleratorStream? stream = null)
    {
        using var use = Enter();
        TensorArguments.CheckFlat(Lengths, parameters.Length, "view", nameof(parameters));
        TensorArguments.CheckFlat(Lengths, gradient.Length, "view", nameof(gradient));
        _tensors.Set(0, AddressOf(parameters, nameof(parameters)), AddressOf(gradient, nameof(gradient)));
        Step(stream);
    }

    /// <summary>
    /// Queues one step of all tensors: what <see cref="Step(ArrayView{float}, ArrayView{float}, AcceleratorStream)"/> does, without
    /// copying them into one. A tensor whose gradient is empty has none in this step: its parameters and its part of M stay what they
    /// are, and the correction of a law is that of the others.
    /// </summary>
    /// <param name="parameters">θ, tensor by tensor, updated in place.</param>
    /// <param name="gradients">g, tensor by tensor, of the scaled loss; empty where there is none.</param>
    /// <param name="stream">
    /// A stream of the accelerator; null is its default one. On another stream than the last step's it waits for that one first.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The number of tensors or a length is another one, parameters overlap each other or a gradient, or a view is freed or of another
    /// accelerator, as is the stream. Nothing is queued.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The optimizer or its accelerator is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the optimizer.</exception>
    public void Step(ReadOnlySpan<ArrayView<float>> parameters, ReadOnlySpan<ArrayView<float>> gradients, AcceleratorStream? stream = null)
    {
        using var use = Enter();
        TensorArguments.CheckCount(Lengths, parameters.Length, nameof(parameters));
        TensorArguments.CheckCount(Lengths, gradients.Length, nameof(gradients));
        for (var tensor = 0; tensor < Lengths.Length; tensor++)
        {
            TensorArguments.CheckLength(Lengths, tensor, parameters[tensor].Length, nameof(parameters));
            if (gradients[tensor].Length != 0)
                TensorArguments.CheckLength(Lengths, tensor, gradients[tensor].Length, nameof(gradients));
        }
        for (var tensor = 0; tensor < Lengths.Length; tensor++)
            _tensors.Set(tensor, AddressOf(parameters[tensor], nameof(parameters)), AddressOf(gradients[tensor], nameof(gradients)));
        Step(stream);
    }

    private void Step(AcceleratorStream? wanted)
    {
        _tensors.CheckOverlaps();
        var stream = wanted ?? _accelerator.DefaultStream;
        if (stream.Accelerator != _accelerator)
            throw new ArgumentException("The stream is not one of the optimizer's accelerator.", nameof(stream));
        if (stream != _lastStream)
            SettledStream().Synchronize();
        _lastStream = stream;
        Queue(_tensors, stream);
        _hasStepped = true;
    }

    /// <summary>Queues the step of tensors that have been found good: first what has changed since the last one, then the kernels.</summary>
    private protected abstract void Queue(DeviceTensors tensors, AcceleratorStream stream);

    /// <summary>The stream that the steps are on, or another one once that is gone and they are done.</summary>
    private AcceleratorStream SettledStream()
    {
        if (!_lastStream.IsDisposed)
            return _lastStream;
        _accelerator.Synchronize();
        return _lastStream = _accelerator.DefaultStream;
    }

    private nint AddressOf(ArrayView<float> view, string name)
    {
        if (view.Length == 0)
            return 0;
        var buffer = BufferOf(view);
        if (buffer?.Accelerator != _accelerator)
            throw new ArgumentException("A view is not in the memory of the optimizer's accelerator.", name);
        if (buffer.IsDisposed)
            throw new ArgumentException("The memory of a view is freed.", name);
        return view.LoadEffectiveAddressAsPtr();
    }

    // Generic, so that no view is boxed for it.
    private static MemoryBuffer? BufferOf<TView>(TView view) where TView : struct, IArrayView => view.Buffer;
}
