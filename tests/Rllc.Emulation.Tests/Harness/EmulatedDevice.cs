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
        _driver.OnLaunch(_module.Entries.ContainsKey("Begin")
            ? (kernel, arguments) => Run(kernel, *(MomentArguments*)arguments[0])
            : (kernel, arguments) => Run(kernel, *(StepArguments*)arguments[0]));
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

    private void Run(string kernel, StepArguments step)
    {
        var isPass = kernel is "Project" or "Advance" or "ProjectAndAdvance";
        Run(kernel, isPass ? GroupsOf(step.Elements.Chunks.Length, step.Elements.ChunksPerGroup) : 1, step, () => Allowed(step));
    }

    private void Run(string kernel, MomentArguments step)
    {
        var isPass = kernel is "Norm" or "Advance";
        Run(kernel, isPass ? GroupsOf(step.Elements.Chunks.Length, step.Elements.ChunksPerGroup) : 1, step, () => Allowed(step));
    }

    private static int GroupsOf(long chunks, int chunksPerGroup) => (int)((chunks + chunksPerGroup - 1) / chunksPerGroup);

    // A callback of the driver must not throw.
    private void Run<T>(string kernel, int groups, T step, Func<DeviceAddresses> allowed) where T : unmanaged
    {
        if (_fault is not null)
            return;
        try
        {
            new PtxGrid(_module, allowed()).Launch(kernel, groups, TensorLayout.ThreadsPerGroup, step);
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
            Add(addresses, constant, isWritable: false);
        Add(addresses, law.Settings, isWritable: false);
        foreach (var numbers in new[] { law.L, law.G, law.Pending, step.Elements.Partials })
            Add(addresses, numbers);
        Add(addresses, law.Counters);
        Add(addresses, law.Factors);
        Add(addresses, law.StepLaw);
        AddTensors(addresses, step.Elements.Chunks, step.Elements.Tensors, step.Elements.M);
        return addresses;
    }

    private DeviceAddresses Allowed(in MomentArguments step)
    {
        var addresses = new DeviceAddresses();
        Add(addresses, step.Settings, isWritable: false);
        Add(addresses, step.Counters);
        Add(addresses, step.Outcome);
        Add(addresses, step.Steps);
        Add(addresses, step.Keys);
        Add(addresses, step.Factors);
        Add(addresses, step.Elements.Partials);
        Add(addresses, step.Norms);
        AddTensors(addresses, step.Elements.Chunks, step.Elements.Tensors, step.Elements.M);
        return addresses;
    }

    private void AddTensors(DeviceAddresses addresses, DeviceView<DeviceChunk> chunks, DeviceView<DeviceTensor> tensors, DeviceView<byte> M)
    {
        Add(addresses, chunks, isWritable: false);
        Add(addresses, tensors, isWritable: false);
        Add(addresses, M);
        for (var tensor = 0; tensor < tensors.Length; tensor++)
        {
            var entry = ((DeviceTensor*)tensors.Address)[tensor];
            // A tensor without a gradient must be left alone.
            if (entry.Gradient == 0)
                continue;
            var bytes = LengthAt[(ulong)entry.Parameters * sizeof(float)] * sizeof(float);
            addresses.Add((void*)(entry.Parameters * sizeof(float)), bytes);
            addresses.Add((void*)(entry.Gradient * sizeof(float)), bytes, isWritable: false);
        }
    }

    private static void Add<T>(DeviceAddresses addresses, DeviceView<T> view, bool isWritable = true) where T : unmanaged =>
        addresses.Add((void*)view.Address, view.Length * sizeof(T), isWritable);
}
