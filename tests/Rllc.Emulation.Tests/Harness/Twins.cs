using Rllc.Cuda;

namespace Rllc.Emulation.Tests;

/// <summary>A declared optimizer twice, on the CPU and as emulated PTX, with the same parameters and gradients.</summary>
internal sealed unsafe class Twins : IDisposable
{
    private readonly EmulatedDevice _device;
    private readonly DeviceMemory<float>[] _memory;
    private readonly CudaTensor[] _tensors;
    private readonly float[][] _θ;
    private readonly float[][] _g;
    private readonly Random _random;

    /// <summary>Begins with random parameters.</summary>
    /// <param name="optimizer">The declared class.</param>
    /// <param name="options">For both.</param>
    /// <param name="lengths">The tensors' numbers of parameters.</param>
    /// <param name="shift">How many elements further than a multiple of 16 bytes the tensors begin on the device.</param>
    public Twins(Type optimizer, OptimizerOptions options, long[] lengths, int shift = 0)
    {
        _random = new(lengths.Length + shift);
        _θ = [.. lengths.Select(length => Numbers(length, scale: 1))];
        _g = [.. lengths.Select(length => new float[length])];
        Cpu = New(optimizer, options, lengths);
        var ptx = Modules.Of(optimizer, options.MemoryFormat);
        _device = new(ptx);
        _memory = [.. lengths.Concat(lengths).Select(length => new DeviceMemory<float>(_device.Device, length + shift))];
        _tensors = [.. lengths.Select((_, i) => new CudaTensor(Address(i), Address(lengths.Length + i)))];
        Cuda = new(_device.Device, Cpu.Memory, ptx, lengths, options, PtxCache.None);
        for (var i = 0; i < lengths.Length; i++)
            _device.LengthAt[_tensors[i].Parameters] = lengths[i];
        CopyParameters();

        ulong Address(int i) => _memory[i].View.Slice(shift, _memory[i].Length - shift).Address;
    }

    public Optimizer Cpu { get; }

    public CudaOptimizer Cuda { get; }

    /// <summary>Steps both with the same random gradients.</summary>
    /// <param name="missing">The tensor that has none; −1 for all have.</param>
    /// <param name="poison">What the last element of the last tensor's gradient becomes, if not the random number.</param>
    public void Step(int missing = -1, float? poison = null)
    {
        StepOnCpu(missing, poison);
        var tensors = _tensors.ToArray();
        for (var i = 0; i < tensors.Length; i++)
        {
            _g[i].CopyTo(new Span<float>((void*)tensors[i].Gradient, _g[i].Length));
            if (i == missing)
                tensors[i] = tensors[i] with { Gradient = 0 };
        }
        Cuda.Step(tensors, CudaStream.Default);
        _device.Synchronize();
    }

    /// <summary>Steps the CPU's alone, likewise.</summary>
    public void StepOnCpu(int missing = -1, float? poison = null)
    {
        for (var i = 0; i < _g.Length; i++)
        {
            _g[i] = Numbers(_g[i].Length, scale: 1 / MathF.Sqrt(Cpu.Length));
            if (poison is { } value && i == _g.Length - 1)
                _g[i][^1] = value;
        }
        Cpu.Step(
            [.. _θ.Select(θ => (Memory<float>)θ)],
            [.. _g.Select((g, i) => i == missing ? ReadOnlyMemory<float>.Empty : g)]);
    }

    /// <summary>Gives the device the CPU's parameters.</summary>
    public void CopyParameters()
    {
        for (var i = 0; i < _θ.Length; i++)
            _θ[i].CopyTo(OnDevice(i));
    }

    /// <summary>All parameters on the CPU, and on the device.</summary>
    public (float[] Cpu, float[] Device) Parameters =>
        ([.. _θ.SelectMany(θ => θ)], [.. Enumerable.Range(0, _θ.Length).SelectMany(i => OnDevice(i).ToArray())]);

    /// <summary>A unit of M on the CPU, and on the device.</summary>
    public (float[] Cpu, float[] Device) Unit(int unit)
    {
        var (cpu, device) = (new float[Cpu.Length], new float[Cpu.Length]);
        Cpu.CopyUnit(unit, cpu);
        Cuda.CopyUnit(unit, device, CudaStream.Default);
        return (cpu, device);
    }

    /// <summary>The law on the CPU, and on the device.</summary>
    public (double[] Cpu, double[] Device) Law => (Cpu.LawCoefficients.ToArray(), Cuda.ReadLaw(CudaStream.Default));

    public void Dispose()
    {
        Cpu.Dispose();
        Cuda.Dispose();
        foreach (var memory in _memory)
            memory.Dispose();
        _device.Dispose();
    }

    private static Optimizer New(Type optimizer, OptimizerOptions options, long[] lengths) =>
        Declared.Constructors[optimizer](lengths, DeclaredOptions.Of(optimizer.GetNestedType("Options")!, options));

    private Span<float> OnDevice(int tensor) => new((void*)_tensors[tensor].Parameters, _θ[tensor].Length);

    private float[] Numbers(long length, float scale) => [.. Enumerable.Range(0, (int)length).Select(_ => scale * (_random.NextSingle() - 0.4f))];
}
