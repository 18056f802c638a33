namespace Rllc.Cuda;

/// <summary>The kernels of a step on a device.</summary>
internal sealed class StepKernels : IDisposable
{
    private readonly CudaModule _module;
    private readonly Dictionary<string, CudaKernel> _kernels;
    private readonly int _groupCount;

    /// <summary>Loads the kernels.</summary>
    /// <param name="device">Where.</param>
    /// <param name="ptx">What <see cref="StepPtx"/> has composed, and has checked.</param>
    /// <param name="entries">The names of all kernels.</param>
    /// <param name="layout">What they work on.</param>
    /// <param name="cache">Where compiled kernels are kept.</param>
    /// <exception cref="ObjectDisposedException">The device is disposed.</exception>
    /// <exception cref="CudaException">The PTX does not compile or lacks a kernel, or the driver refuses.</exception>
    public StepKernels(CudaDevice device, ReadOnlySpan<byte> ptx, IEnumerable<string> entries, TensorLayout layout, PtxCache cache)
    {
        _groupCount = layout.GroupCount;
        _module = new(device, ptx, "the optimizer's kernels", cache);
        try
        {
            _kernels = entries.ToDictionary(entry => entry, _module.GetKernel);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Queues a step.</summary>
    /// <param name="launches">What it is made of.</param>
    /// <param name="step">What the kernels work on.</param>
    /// <param name="stream">A stream of the device.</param>
    /// <exception cref="ObjectDisposedException">The kernels are unloaded.</exception>
    /// <exception cref="CudaException">The driver refuses, or work queued earlier has failed; some kernels may be queued.</exception>
    public void Launch<TArguments>(ReadOnlySpan<StepLaunch> launches, in TArguments step, CudaStream stream) where TArguments : unmanaged
    {
        foreach (var launch in launches)
        {
            var groups = launch.IsPass ? _groupCount : 1;
            // The driver refuses to launch nothing.
            if (groups > 0)
                _kernels[launch.Kernel].Launch(new(groups, TensorLayout.ThreadsPerGroup), stream, step);
        }
    }

    /// <summary>Unloads the kernels, once the device no longer runs them.</summary>
    public void Dispose() => _module.Dispose();
}
