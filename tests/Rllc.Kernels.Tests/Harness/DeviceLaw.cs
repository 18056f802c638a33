using ILGPU;
using ILGPU.Runtime;

namespace Rllc.Kernels.Tests;

/// <summary>A law in the memory of ILGPU's CPU accelerator, and the kernels that work on it.</summary>
internal sealed class DeviceLaw : IDisposable
{
    private readonly Accelerator _accelerator;
    private readonly List<MemoryBuffer> _buffers = [];
    private readonly KernelConfig _group;
    private readonly Action<KernelConfig, StepViews> _solveExact;
    private readonly Action<KernelConfig, StepViews> _beginDelayed;
    private readonly Action<KernelConfig, StepViews> _endDelayed;
    private readonly ArrayView<double> _partials;
    private readonly LawViews _views;
    private readonly StepViews _step;

    public DeviceLaw(Accelerator accelerator, LinearMemory memory, OptimizerOptions options, int partialCount, int threads = 32)
    {
        _accelerator = accelerator;
        _group = new(1, threads);
        _solveExact = _accelerator.LoadStreamKernel<StepViews>(SolveKernels.SolveExact);
        _beginDelayed = _accelerator.LoadStreamKernel<StepViews>(SolveKernels.BeginDelayed);
        _endDelayed = _accelerator.LoadStreamKernel<StepViews>(SolveKernels.EndDelayed);
        var k = memory.UnitCount;
        _partials = Upload(new double[partialCount]);
        _views = new()
        {
            B = Upload(memory.B.ToRowMajor()),
            a = Upload(memory.a.ToArray()),
            S = Upload(memory.S.ToRowMajor()),
            InverseS = Upload(new RelaxedInverse(options.Relaxation, options.Epsilon, memory.S).InverseS.ToArray()),
            L = Upload(new LawState(memory.B, memory.a, memory.S, options).L),
            G = Upload(new double[k * k]),
            Pending = Upload(new double[k]),
            Settings = Upload([LawSettings.From(options)]),
            Counters = Upload(new LawCounters[1]),
            Factors = Upload(new StepFactors[1]),
            StepLaw = Upload(new float[k]),
        };
        _step = new() { Law = _views, Elements = new() { Partials = _partials } };
    }

    public double[] L => Read(_views.L);

    public double[] G => Read(_views.G);

    public double[] Pending => Read(_views.Pending);

    public float[] StepLaw => Read(_views.StepLaw);

    public LawCounters Counters => Read(_views.Counters)[0];

    public StepFactors Factors => Read(_views.Factors)[0];

    public void RequestExactGram() => _views.Counters.CopyFromCPU([Counters with { GramRequested = 1 }]);

    public void SolveExact(double[] partials)
    {
        _partials.CopyFromCPU(partials);
        _solveExact(_group, _step);
        _accelerator.Synchronize();
    }

    public void BeginDelayed()
    {
        _beginDelayed(_group, _step);
        _accelerator.Synchronize();
    }

    public void EndDelayed(double[] partials)
    {
        _partials.CopyFromCPU(partials);
        _endDelayed(_group, _step);
        _accelerator.Synchronize();
    }

    public void Dispose() => _buffers.ForEach(buffer => buffer.Dispose());

    private ArrayView<T> Upload<T>(T[] values) where T : unmanaged
    {
        var buffer = _accelerator.Allocate1D(values);
        _buffers.Add(buffer);
        return buffer.View.BaseView;
    }

    private static T[] Read<T>(ArrayView<T> view) where T : unmanaged
    {
        var values = new T[view.Length];
        view.CopyToCPU(values);
        return values;
    }
}
