namespace Rllc.Cuda;

public sealed partial class CudaOptimizer
{
    /// <summary>
    /// Queues one step of all tensors, under the one law: what <see cref="Optimizer"/>'s step does, with the same rules for tensors
    /// without a gradient and for steps that are skipped. Tensors must stay where they are until the device has come to the step's
    /// end. It does not wait for the device, unless that is four changes of addresses or rates behind, and allocates nothing.
    /// <para>
    /// A step with the addresses, rates and loss scale of the last one uploads nothing: it is three launches, two with a fixed law, or
    /// only the law's where there are no elements, and can be captured in a CUDA graph. So take a step before the capture, and another one whenever
    /// something is to change; a graph knows of it from its next launch on.
    /// </para>
    /// </summary>
    /// <param name="tensors">Where each tensor is, in the order of <see cref="Lengths"/>; those without elements may be anywhere.</param>
    /// <param name="stream">A stream of the device, on which the gradients are computed, or which waits for them.</param>
    /// <exception cref="ArgumentException">
    /// The number of tensors is another one, an address is missing or no multiple of 4, or parameters overlap each other or a gradient.
    /// Nothing has been queued.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the optimizer.</exception>
    /// <exception cref="CudaException">
    /// The driver refuses, or work queued earlier has failed. A part of the step may have been queued: the optimizer's state and the
    /// parameters are not to be relied on.
    /// </exception>
    public void Step(ReadOnlySpan<CudaTensor> tensors, CudaStream stream)
    {
        using var use = Enter();
        TakeOver(tensors);
        var settings = _settings.For(_tensors);
        _memory.Settings.Update(new ReadOnlySpan<LawSettings>(in settings), stream);
        _memory.Tensors.Update(_tensors.Entries, stream);
        _kernels.Launch(_options.KindOfStep(), _memory.Arguments, stream);
    }

    private void TakeOver(ReadOnlySpan<CudaTensor> tensors)
    {
        TensorArguments.CheckCount(Lengths, tensors.Length, nameof(tensors));
        for (var i = 0; i < tensors.Length; i++)
        {
            if (Lengths[i] > 0 && tensors[i].Parameters == 0)
                throw new ArgumentException(FormattableString.Invariant($"parameters[{i}] has no address."), nameof(tensors));
            _tensors.Set(i, (nint)tensors[i].Parameters, (nint)tensors[i].Gradient);
        }
        _tensors.CheckOverlaps();
    }
}
