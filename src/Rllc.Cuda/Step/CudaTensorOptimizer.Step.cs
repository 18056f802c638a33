namespace Rllc.Cuda;

public abstract partial class CudaTensorOptimizer
{
    /// <summary>
    /// Queues one step of all tensors: what the step of the CPU's optimizer does, with the same rules for tensors without a gradient and
    /// for steps that are skipped. Tensors must stay where they are until the device has come to the step's
    /// end. It does not wait for the device, unless that is four changes of addresses or rates behind, and allocates nothing.
    /// <para>
    /// A step with the addresses, rates and loss scale of the last one uploads nothing: it is three launches, or two (docs/cuda-driver.md),
    /// one where there are no elements, and can be captured in a CUDA graph. So take a step before the capture, and another one whenever
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
        Queue(_tensors, stream);
    }

    /// <summary>Queues the step of tensors that have been found good: first what has changed since the last one, then the kernels.</summary>
    private protected abstract void Queue(DeviceTensors tensors, CudaStream stream);

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
