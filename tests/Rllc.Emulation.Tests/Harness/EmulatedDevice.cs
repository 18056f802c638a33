using System.Runtime.ExceptionServices;
using System.Text;
using Rllc.Cuda;
using Rllc.Cuda.Tests;
using Rllc.Emulation.Tests.Emulator;

namespace Rllc.Emulation.Tests;

/// <summary>The recording driver, which runs the PTX of what is launched, on what the launch's argument says and nothing else.</summary>
internal sealed unsafe class EmulatedDevice : IDisposable
{
    private readonly FakeDriver _driver = new();
    private readonly PtxModule _module;
    private ExceptionDispatchInfo? _fault;

    public EmulatedDevice(byte[] ptx)
    {
        _module = new(Encoding.ASCII.GetString(ptx));
        _driver.OnLaunch((kernel, arguments) => Run(kernel, *(StepArguments*)arguments[0]));
        Device = new(0);
    }

    public CudaDevice Device { get; }

    /// <summary>The lengths of tensors by the addresses of their parameters.</summary>
    public Dictionary<ulong, long> LengthAt { get; } = [];

    /// <summary>What is alive in the driver.</summary>
    public string Live => _driver.Live;

    /// <summary>The functions of the driver called since the last time.</summary>
    public string[] TakeCalls() => _driver.TakeCalls();

    /// <summary>Waits for the launches, and throws what one of them has thrown.</summary>
    public void Synchronize()
    {
        Device.Synchronize(CudaStream.Default);
        _fault?.Throw();
    }

    public void Dispose()
    {
        Device.Dispose();
        _driver.Dispose();
    }

    // A callback of the driver must not throw.
    private void Run(string kernel, StepArguments step)
    {
        if (_fault is not null)
            return;
        try
        {
            var isPass = kernel is "Project" or "Advance" or "ProjectAndAdvance";
            var groups = isPass ? (int)((step.Chunks.Length + step.ChunksPerGroup - 1) / step.ChunksPerGroup) : 1;
            new PtxGrid(_module, Allowed(step)).Launch(kernel, groups, DeviceLayout.ThreadsPerGroup, step);
        }
        catch (Exception e)
        {
            _fault = ExceptionDispatchInfo.Capture(e);
        }
    }

    private DeviceAddresses Allowed(in StepArguments step)
    {
        var addresses = new DeviceAddresses();
        var law = step.Law;
        foreach (var constant in new[] { law.B, law.a, law.S, law.InverseS })
            Add(constant, isWritable: false);
        Add(law.Settings, isWritable: false);
        Add(step.Chunks, isWritable: false);
        Add(step.Tensors, isWritable: false);
        foreach (var numbers in new[] { law.L, law.G, law.Pending, step.Partials })
            Add(numbers);
        Add(law.Counters);
        Add(law.Factors);
        Add(law.StepLaw);
        Add(step.M);
        for (var tensor = 0; tensor < step.Tensors.Length; tensor++)
        {
            var entry = ((DeviceTensor*)step.Tensors.Address)[tensor];
            // A tensor without a gradient must be left alone.
            if (entry.Gradient == 0)
                continue;
            var bytes = LengthAt[(ulong)entry.Parameters * sizeof(float)] * sizeof(float);
            addresses.Add((void*)(entry.Parameters * sizeof(float)), bytes);
            addresses.Add((void*)(entry.Gradient * sizeof(float)), bytes, isWritable: false);
        }
        return addresses;

        void Add<T>(DeviceView<T> view, bool isWritable = true) where T : unmanaged =>
            addresses.Add((void*)view.Address, view.Length * sizeof(T), isWritable);
    }
}
