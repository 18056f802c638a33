namespace Rllc.Cuda;

/// <summary>The kernels of a step on a device, and the order in which they run.</summary>
internal sealed class StepKernels : IDisposable
{
    private readonly CudaModule _module;
    private readonly CudaKernel _project;
    private readonly CudaKernel _advance;
    private readonly CudaKernel _projectAndAdvance;
    private readonly CudaKernel _solveExact;
    private readonly CudaKernel _beginDelayed;
    private readonly CudaKernel _endDelayed;
    private readonly CudaKernel _beginFixed;
    private readonly int _groupCount;

    /// <summary>Loads the kernels.</summary>
    /// <param name="device">Where.</param>
    /// <param name="layout">What they work on.</param>
    /// <param name="ptx">What <see cref="StepPtx.Compose(string, MemoryRule, MemoryFormat, string)"/> has made for its memory and format.</param>
    /// <param name="cache">Where compiled kernels are kept.</param>
    /// <exception cref="ArgumentException">The kernels are those of another memory, format or version, or none.</exception>
    /// <exception cref="ObjectDisposedException">The device is disposed.</exception>
    /// <exception cref="CudaException">The PTX does not compile or lacks a kernel, or the driver refuses.</exception>
    public StepKernels(CudaDevice device, DeviceLayout layout, ReadOnlySpan<byte> ptx, PtxCache cache)
    {
        StepPtx.Check(ptx, layout.Memory, layout.Format);
        _groupCount = layout.GroupCount;
        _module = new(device, ptx, "the optimizer's kernels", cache);
        try
        {
            _project = _module.GetKernel("Project");
            _advance = _module.GetKernel("Advance");
            _projectAndAdvance = _module.GetKernel("ProjectAndAdvance");
            _solveExact = _module.GetKernel("SolveExact");
            _beginDelayed = _module.GetKernel("BeginDelayed");
            _endDelayed = _module.GetKernel("EndDelayed");
            _beginFixed = _module.GetKernel("BeginFixed");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Queues a step.</summary>
    /// <param name="kind">Which launches it is made of.</param>
    /// <param name="step">What the kernels work on.</param>
    /// <param name="stream">A stream of the device.</param>
    /// <exception cref="ObjectDisposedException">The kernels are unloaded.</exception>
    /// <exception cref="CudaException">The driver refuses, or work queued earlier has failed; some kernels may be queued.</exception>
    public void Launch(StepKind kind, in StepArguments step, CudaStream stream)
    {
        switch (kind)
        {
            case StepKind.Exact:
                LaunchPass(_project, step, stream);
                LaunchLaw(_solveExact, step, stream);
                LaunchPass(_advance, step, stream);
                break;
            case StepKind.Delayed:
                LaunchLaw(_beginDelayed, step, stream);
                LaunchPass(_projectAndAdvance, step, stream);
                LaunchLaw(_endDelayed, step, stream);
                break;
            default:
                LaunchLaw(_beginFixed, step, stream);
                LaunchPass(_advance, step, stream);
                break;
        }
    }

    /// <summary>Unloads the kernels, once the device no longer runs them.</summary>
    public void Dispose() => _module.Dispose();

    private void LaunchPass(CudaKernel kernel, in StepArguments step, CudaStream stream)
    {
        // The driver refuses to launch nothing.
        if (_groupCount > 0)
            kernel.Launch(new(_groupCount, DeviceLayout.ThreadsPerGroup), stream, step);
    }

    private static void LaunchLaw(CudaKernel kernel, in StepArguments step, CudaStream stream) =>
        kernel.Launch(new(Blocks: 1, DeviceLayout.ThreadsPerGroup), stream, step);
}
