using Rllc.Cuda;

namespace Rllc.Emulation.Tests;

/// <summary>A declared optimizer by moments twice, on the CPU and as emulated PTX, with the same parameters and gradients.</summary>
internal sealed unsafe class MomentTwins : IDisposable
{
    private readonly EmulatedDevice _device;
    private readonly DeviceMemory<float>[] _memory;
    private readonly CudaTensor[] _tensors;
    private readonly float[][] _θ;
    private readonly Random _random;

    /// <summary>Begins with random parameters.</summary>
    /// <param name="optimizer">The declared class.</param>
    /// <param name="options">For both.</param>
    /// <param name="lengths">The tensors' numbers of parameters.</param>
    /// <param name="shift">How many elements further than a multiple of 16 bytes the tensors begin on the device.</param>
    public MomentTwins(Type optimizer, MomentOptions options, long[] lengths, int shift = 0)
    {
        _random = new(lengths.Length + shift);
        _θ = [.. lengths.Select(length => Numbers(length, scale: 1))];
        Cpu = New(optimizer, options, lengths);
        var ptx = Modules.Of(optimizer, options.MemoryFormat);
        _device = new(ptx);
        _memory = [.. lengths.Concat(lengths).Select(length => new DeviceMemory<float>(_device.Device, length + shift))];
        _tensors = [.. lengths.Select((_, i) => new CudaTensor(Address(i), Address(lengths.Length + i)))];
        Cuda = new(_device.Device, Cpu.DeclaredFormula, ptx, lengths, options, PtxCache.None);
        for (var i = 0; i < lengths.Length; i++)
            _device.LengthAt[_tensors[i].Parameters] = lengths[i];
        CopyParameters();

        ulong Address(int i) => _memory[i].View.Slice(shift, _memory[i].Length - shift).Address;
    }

    public MomentOptimizer Cpu { get; }

    public CudaMomentOptimizer Cuda { get; }

    /// <summary>All parameters on the CPU, and on the device.</summary>
    public (float[] Cpu, float[] Device) Parameters =>
        ([.. _θ.SelectMany(θ => θ)], [.. Enumerable.Range(0, _θ.Length).SelectMany(i => OnDevice(i).ToArray())]);

    /// <summary>Another optimizer of the CPU.</summary>
    public static MomentOptimizer New(Type optimizer, MomentOptions options, long[] lengths) =>
        DeclaredMoments.Constructors[optimizer](lengths, DeclaredOptions.Of(optimizer.GetNestedType("Options")!, options));

    /// <summary>The driver's functions that a step calls, but those for the context.</summary>
    public string[] CallsOfAStep()
    {
        _device.TakeCalls();
        Cuda.Step(_tensors, CudaStream.Default);
        return [.. _device.TakeCalls().Where(call => !call.StartsWith("cuCtx", StringComparison.Ordinal))];
    }

    /// <summary>Steps both with the same random gradients.</summary>
    /// <param name="missing">The tensor that has none; −1 for all have.</param>
    /// <param name="poison">What the last element of the last tensor's gradient becomes, if not the random number.</param>
    /// <param name="scale">Of the gradients.</param>
    public void Step(int missing = -1, float? poison = null, float scale = 1)
    {
        float[][] g = [.. _θ.Select(θ => Numbers(θ.Length, scale))];
        if (poison is { } value)
            g[^1][^1] = value;
        Cpu.Step(
            [.. _θ.Select(θ => (Memory<float>)θ)],
            [.. g.Select((gradient, i) => i == missing ? default : (ReadOnlyMemory<float>)gradient)]);
        var tensors = _tensors.ToArray();
        for (var i = 0; i < tensors.Length; i++)
        {
            g[i].CopyTo(new Span<float>((void*)tensors[i].Gradient, g[i].Length));
            if (i == missing)
                tensors[i] = tensors[i] with { Gradient = 0 };
        }
        Cuda.Step(tensors, CudaStream.Default);
        Synchronize();
    }

    /// <summary>Gives the device the CPU's parameters.</summary>
    public void CopyParameters()
    {
        for (var i = 0; i < _θ.Length; i++)
            _θ[i].CopyTo(OnDevice(i));
    }

    /// <summary>Waits for what is queued, and throws what it has thrown.</summary>
    public void Synchronize() => _device.Synchronize();

    /// <summary>Whether parameters and memory are the same on both.</summary>
    public void AssertAgree(double tolerance = 2e-6)
    {
        var (cpu, device) = Parameters;
        Assert.All(cpu.Zip(device), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        Assert.Equal(Cpu.StepCount, Cuda.ReadStepCount(CudaStream.Default));
        float[] expected = new float[Cpu.Length], actual = new float[Cpu.Length];
        for (var unit = 0; unit < Cpu.DeclaredFormula.UnitCount; unit++)
        {
            Cpu.CopyUnit(unit, expected);
            Cuda.CopyUnit(unit, actual, CudaStream.Default);
            var largest = expected.Max(Math.Abs);
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance * largest));
        }
    }

    public void Dispose()
    {
        Cpu.Dispose();
        Cuda.Dispose();
        foreach (var memory in _memory)
            memory.Dispose();
        _device.Dispose();
    }

    private Span<float> OnDevice(int tensor) => new((void*)_tensors[tensor].Parameters, _θ[tensor].Length);

    private float[] Numbers(long length, float scale) => [.. Enumerable.Range(0, (int)length).Select(_ => scale * (_random.NextSingle() - 0.4f))];
}
