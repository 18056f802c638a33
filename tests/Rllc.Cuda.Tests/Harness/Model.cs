namespace Rllc.Cuda.Tests;

/// <summary>Tensors in the memory of the recording driver, which is the host's, and their optimizer.</summary>
internal sealed unsafe class Model : IDisposable
{
    public static readonly CudaStream Stream = new(5);

    private readonly CudaDevice _device = new(0);
    private readonly DeviceMemory<float>[] _memory;

    public Model(string spec, OptimizerOptions options, params long[] lengths)
    {
        var memory = LinearMemory.Parse(spec);
        _memory = [.. lengths.Concat(lengths).Select(length => new DeviceMemory<float>(_device, length))];
        Tensors = [.. lengths.Select((_, i) => new CudaTensor(_memory[i].View.Address, _memory[lengths.Length + i].View.Address))];
        Optimizer = new(_device, memory, StepModule.Of(memory, options.MemoryFormat), lengths, options, PtxCache.None);
    }

    public CudaOptimizer Optimizer { get; }

    /// <summary>Where the tensors are; to be changed by tests.</summary>
    public CudaTensor[] Tensors { get; }

    public void Step() => Optimizer.Step(Tensors, Stream);

    public void Synchronize() => _device.Synchronize(Stream);

    /// <summary>A tensor's parameters; the device's work on them must be done.</summary>
    public Span<float> Parameters(int tensor) => At(_memory[tensor].View);

    /// <summary>A tensor's gradient, likewise.</summary>
    public Span<float> Gradient(int tensor) => At(_memory[Tensors.Length + tensor].View);

    /// <summary>The elements of a view, likewise.</summary>
    public static Span<T> At<T>(DeviceView<T> view) where T : unmanaged => new((void*)view.Address, (int)view.Length);

    public void Dispose()
    {
        Optimizer.Dispose();
        foreach (var memory in _memory)
            memory.Dispose();
        _device.Dispose();
    }
}
