using Rllc.Torch.Tests.Harness;
using TorchSharp;
using TorchSharp.Modules;

namespace Rllc.Emulation.Tests.Torch;

/// <summary>Parameters twice, those of an Adam of the CPU and those of one on the emulated device, with the same gradients.</summary>
internal sealed class TorchAdamTwins : IDisposable
{
    // Several chunks, less than a quad, one, and a rest after the quads.
    private static readonly long[][] Shapes = [[45, 100], [3], [1, 1], [7, 10]];

    private readonly DisposeScope _scope;
    private readonly Random _random = new(3);
    private readonly List<Parameter> _onCpu = [];
    private readonly List<Parameter> _onCuda = [];
    private readonly bool _hasBuffer;

    /// <summary>Begins with random parameters, in two groups.</summary>
    /// <param name="hasBuffer">Whether the optimizers have a buffer.</param>
    /// <param name="options">For both.</param>
    public TorchAdamTwins(bool hasBuffer, TorchMomentOptions options)
    {
        Libtorch.Require();
        _scope = torch.NewDisposeScope();
        _hasBuffer = hasBuffer;
        Device = new(Modules.Of(hasBuffer ? typeof(CriticalOnCuda) : typeof(PlainAdamOnCuda), options.MemoryFormat));
        foreach (var shape in Shapes)
            AddParameter(shape);
        OnCpu = hasBuffer
            ? new Critical(Groups(_onCpu), (Critical.Options)DeclaredOptions.Of(typeof(Critical.Options), options))
            : new PlainAdam(Groups(_onCpu), (PlainAdam.Options)DeclaredOptions.Of(typeof(PlainAdam.Options), options));
        OnCuda = NewOnCuda(options);
    }

    public EmulatedDevice Device { get; }

    public TorchMomentOptimizer OnCpu { get; }

    public TorchMomentOptimizer OnCuda { get; }

    /// <summary>All parameters of the CPU's optimizer, and of the device's.</summary>
    public (float[] OnCpu, float[] OnCuda) Parameters => (Values(_onCpu), Values(_onCuda));

    /// <summary>The parameters of the device's optimizer.</summary>
    public IReadOnlyList<Parameter> CudaParameters => _onCuda;

    /// <summary>Another optimizer of the device's parameters.</summary>
    public TorchMomentOptimizer NewOnCuda(TorchMomentOptions options) => _hasBuffer
        ? new CriticalOnCuda(Groups(_onCuda), (CriticalOnCuda.Options)DeclaredOptions.Of(typeof(CriticalOnCuda.Options), options))
        : new PlainAdamOnCuda(Groups(_onCuda), (PlainAdamOnCuda.Options)DeclaredOptions.Of(typeof(PlainAdamOnCuda.Options), options));

    /// <summary>Adds a group of one parameter to both.</summary>
    public void AddGroup(params long[] shape)
    {
        AddParameter(shape);
        OnCpu.add_param_group(new TorchMomentOptimizer.ParamGroup([_onCpu[^1]], learningRate: 0.02));
        OnCuda.add_param_group(new TorchMomentOptimizer.ParamGroup([_onCuda[^1]], learningRate: 0.02));
    }

    /// <summary>Steps both with the same random gradients.</summary>
    /// <param name="missing">The parameter that has none; −1 for all have.</param>
    /// <param name="poison">What the last element of the last gradient becomes, if not the random number.</param>
    public void Step(int missing = -1, float? poison = null)
    {
        SetGradients(missing, poison);
        OnCpu.step();
        OnCuda.step();
        Device.Synchronize();
    }

    /// <summary>Gives both the same random gradients.</summary>
    public void SetGradients(int missing = -1, float? poison = null)
    {
        for (var i = 0; i < _onCpu.Count; i++)
        {
            var numbers = Numbers(_onCpu[i].NumberOfElements, 0.02f);
            if (poison is { } value && i == _onCpu.Count - 1)
                numbers[^1] = value;
            foreach (var parameter in new[] { _onCpu[i], _onCuda[i] })
                parameter.grad = i == missing ? null : torch.tensor(numbers).reshape(parameter.shape);
        }
    }

    public void Dispose()
    {
        OnCpu.Dispose();
        OnCuda.Dispose();
        _scope.Dispose();
        Device.Dispose();
    }

    private static TorchSharp.Modules.ParamGroup[] Groups(List<Parameter> parameters) =>
    [
        new TorchMomentOptimizer.ParamGroup(parameters.Take(2).Select((parameter, i) => ($"p{i}", parameter))),
        new TorchMomentOptimizer.ParamGroup(parameters.Skip(2).Select((parameter, i) => ($"q{i}", parameter)), learningRate: 0.005, weightDecay: 0.2),
    ];

    private static float[] Values(IEnumerable<Parameter> parameters) => [.. parameters.SelectMany(parameter => parameter.data<float>().ToArray())];

    private void AddParameter(long[] shape)
    {
        var numbers = Numbers(shape.Aggregate(1L, (product, size) => product * size), 1);
        foreach (var parameters in new[] { _onCpu, _onCuda })
            parameters.Add(new Parameter(torch.tensor(numbers).reshape(shape)));
        Device.LengthAt[(ulong)NativeTensor.Data(_onCuda[^1].Handle)] = numbers.Length;
    }

    private float[] Numbers(long length, float scale) => [.. Enumerable.Range(0, (int)length).Select(_ => scale * (_random.NextSingle() - 0.4f))];
}
