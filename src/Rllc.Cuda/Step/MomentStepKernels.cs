namespace Rllc.Cuda;

/// <summary>The kernels of a step by moments on a device, and the order in which they run.</summary>
internal sealed class MomentStepKernels : IDisposable
{
    private readonly CudaModule _module;
    private readonly CudaKernel _norm;
    private readonly CudaKernel _begin;
    private readonly CudaKernel _advance;
    private readonly int _groupCount;

    /// <summary>Loads the kernels.</summary>
    /// <param name="device">Where.</param>
    /// <param name="formula">What they implement.</param>
    /// <param name="layout">What they work on.</param>
    /// <param name="ptx">What <see cref="StepPtx.Compose(string, MomentFormula, MemoryFormat, string)"/> has made for its formula and format.</param>
    /// <param name="cache">Where compiled kernels are kept.</param>
    /// <exception cref="ArgumentException">The kernels are those of another formula, format or version, or none.</exception>
    /// <exception cref="ObjectDisposedException">The device is disposed.</exception>
    /// <exception cref="CudaException">The PTX does not compile or lacks a kernel, or the driver refuses.</exception>
    public MomentStepKernels(CudaDevice device, MomentFormula formula, TensorLayout layout, ReadOnlySpan<byte> ptx, PtxCache cache)
    {
        StepPtx.Check(ptx, formula, layout.Format);
        _groupCount = layout.GroupCount;
        _module = new(device, ptx, "the optimizer's kernels", cache);
        try
        {
            _norm = _module.GetKernel("Norm");
            _begin = _module.GetKernel("Begin");
            _advance = _module.GetKernel("Advance");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Queues a step.</summary>
    /// <param name="needsNorm">Whether it passes over the gradient for its norm.</param>
    /// <param name="step">What the kernels work on.</param>
    /// <param name="stream">A stream of the device.</param>
    /// <exception cref="ObjectDisposedException">The kernels are unloaded.</exception>
    /// <exception cref="CudaException">The driver refuses, or work queued earlier has failed; some kernels may be queued.</exception>
    public void Launch(bool needsNorm, in MomentArguments step, CudaStream stream)
    {
        if (needsNorm)
            LaunchPass(_norm, step, stream);
        _begin.Launch(new(Blocks: 1, TensorLayout.ThreadsPerGroup), stream, step);
        LaunchPass(_advance, step, stream);
    }

    /// <summary>Unloads the kernels, once the device no longer runs them.</summary>
    public void Dispose() => _module.Dispose();

    private void LaunchPass(CudaKernel kernel, in MomentArguments step, CudaStream stream)
    {
        // The driver refuses to launch nothing.
        if (_groupCount > 0)
            kernel.Launch(new(_groupCount, TensorLayout.ThreadsPerGroup), stream, step);
    }
}
