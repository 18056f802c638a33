#if HAS_ILGPU
using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using Rllc.Generators.Tests.Harness;
using Rllc.Kernels;
using Rllc.Kernels.Tests;

namespace Rllc.Generators.Tests;

/// <summary>Holds emitted device kernels, run on ILGPU's CPU accelerator, to the oracle: random specs, tensors, alignments and options.</summary>
public sealed class DeviceKernelTests : IDisposable
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("RLLC_LONG") == "1";

    private readonly OneProcessor _processor = new();
    private readonly Context _context = Context.Create(builder => builder.CPU(CPUDeviceKind.Nvidia));
    private readonly Accelerator _accelerator;

    public DeviceKernelTests() => _accelerator = _context.CreateCPUAccelerator(0);

    [Fact]
    public void Emitted_device_kernels_agree_with_the_formulas()
    {
        var assembly = new DeviceAssembly([.. RandomSpecs.All.Take(IsLong ? 120 : 20)]);
        var length = Gen.Elements(0, 1, 2, 3, 4, 5, 31, 100, 1027, Partition.ChunkLength + 3);
        var runs =
            from spec in Gen.Choose(0, assembly.Specs.Count - 1)
            from count in Gen.Choose(1, 4)
            from lengths in length.ListOf(count)
            from shift in Gen.Choose(0, 3)
            from missing in Gen.Choose(-2, count - 1)
            from options in Options(LinearMemory.Parse(assembly.Specs[spec]), lengths.Sum())
            from seed in Gen.Choose(0, 1_000_000)
            select new Run(assembly.Specs[spec], assembly.Device(spec), [.. lengths.Select(n => (long)n)], shift, missing, options, seed);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(IsLong ? 200 : 12), Prop.ForAll(runs.ToArbitrary(), AssertAgrees));
    }

    public void Dispose()
    {
        _accelerator.Dispose();
        _context.Dispose();
        _processor.Dispose();
    }

    // Learning only where G is far from singular: elsewhere a law follows the rounding of c.
    private static Gen<OptimizerOptions> Options(LinearMemory memory, int length) =>
        from delayed in Gen.Elements(false, true)
        from lawLearningRate in memory.ConditionNumber < 1000 && length > 100 ? Gen.Elements(0, 0.003) : Gen.Constant(0.0)
        from law in Gen.Choose(-10, 10).ListOf(memory.UnitCount)
        from decay in Gen.Elements(0, 0.1)
        from maximize in Gen.Elements(false, true)
        from norm in Gen.Elements(double.PositiveInfinity, 1, 1000)
        from lossScale in Gen.Elements(1.0, 1024, 0.3)
        from format in Gen.Elements(MemoryFormat.Float32, MemoryFormat.Float32, MemoryFormat.BFloat16)
        select new OptimizerOptions
        {
            Epsilon = 1e-3,
            LawLearningRate = lawLearningRate,
            InitialLaw = law.All(coefficient => coefficient == 0) ? null : [.. law.Select(coefficient => coefficient / 10.0)],
            Timing = delayed ? LawTiming.Delayed : LawTiming.Exact,
            SkipNonFinite = !delayed,
            MaxGradientNorm = delayed ? double.PositiveInfinity : norm,
            HoldCorrections = 2 * memory.UnitCount,
            WeightDecay = decay,
            Maximize = maximize,
            LossScale = lossScale,
            MemoryFormat = format,
        };

    private void AssertAgrees(Run run)
    {
        using var optimizer = run.Create(_accelerator);
        var random = new Random(run.Seed);
        // The oracle takes one tensor; those that never have a gradient are none of its business.
        var present = Enumerable.Range(0, run.Lengths.Length).Where(tensor => tensor != run.Missing).ToArray();
        var oracle = new DynamicOptimizer<float>(optimizer.LinearMemory, (int)present.Sum(tensor => run.Lengths[tensor]), run.Options);
        using var θ = new Tensors(_accelerator, run);
        using var g = new Tensors(_accelerator, run);
        for (var tensor = 0; tensor < run.Lengths.Length; tensor++)
            θ.Set(tensor, Normal(run.Lengths[tensor], random));
        var untouched = run.Missing >= 0 ? θ.Get(run.Missing) : [];
        float[] expected = [.. present.SelectMany(θ.Get)];
        var start = Norm(expected);
        var (stepCount, tolerance) = run.Options.MemoryFormat == MemoryFormat.Float32 ? (12, 1e-5) : (3, 0.05);
        for (var step = 0; step < stepCount; step++)
        {
            var gradients = run.Lengths.Select(length => Normal(length, random)).ToArray();
            for (var tensor = 0; tensor < run.Lengths.Length; tensor++)
                g.Set(tensor, gradients[tensor]);
            optimizer.Step(θ.Views, [.. g.Views.Select((view, tensor) => tensor == run.Missing ? default : view)]);
            oracle.Step(expected, [.. present.SelectMany(tensor => gradients[tensor])]);
        }

        float[] actual = [.. present.SelectMany(θ.Get)];
        var difference = Norm([.. expected.Zip(actual, (x, y) => x - y)]);
        Assert.True(difference <= tolerance * Math.Max(start, Norm(expected)), $"{run}: θ is off by {difference}");
        Assert.Equal(stepCount, optimizer.ReadStepCount());
        if (run.Missing >= 0)
            Assert.Equal(untouched, θ.Get(run.Missing));
    }

    private static float[] Normal(long length, Random random) =>
        [.. Enumerable.Range(0, (int)length).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];

    private static double Norm(float[] values) => Math.Sqrt(values.Sum(value => (double)value * value));

    private sealed record Run(string Spec, Type Device, long[] Lengths, int Shift, int Missing, OptimizerOptions Options, int Seed)
    {
        public DeviceOptimizer Create(Accelerator accelerator)
        {
            // A span cannot be passed by reflection, but its type is the base's.
            var kernels = Device.DeclaringType!.GetNestedType("DeviceKernels")!;
            return new Optimizer(accelerator, LinearMemory.Parse(Spec), Lengths, Options, kernels);
        }

        public override string ToString() => $"{Spec}, tensors of {string.Join(", ", Lengths)}, shifted by {Shift}, without gradient {Missing}, {Options}, seed {Seed}";

        private sealed class Optimizer(Accelerator accelerator, LinearMemory memory, long[] lengths, OptimizerOptions options, Type kernels)
            : DeviceOptimizer(accelerator, memory, lengths, options, kernels);
    }

    /// <summary>Tensors on the accelerator that begin some elements after an aligned address.</summary>
    private sealed class Tensors : IDisposable
    {
        private readonly MemoryBuffer1D<float, Stride1D.Dense>[] _buffers;

        public Tensors(Accelerator accelerator, Run run)
        {
            _buffers = [.. run.Lengths.Select(length => accelerator.Allocate1D<float>(length + 4))];
            Views = [.. run.Lengths.Select((length, tensor) => _buffers[tensor].View.BaseView.SubView(run.Shift, length))];
        }

        public ArrayView<float>[] Views { get; }

        public void Set(int tensor, float[] values)
        {
            if (values.Length > 0)
                Views[tensor].CopyFromCPU(values);
        }

        public float[] Get(int tensor)
        {
            var values = new float[Views[tensor].Length];
            if (values.Length > 0)
                Views[tensor].CopyToCPU(values);
            return values;
        }

        public void Dispose() => Array.ForEach(_buffers, buffer => buffer.Dispose());
    }

    /// <summary>Optimizers of several specs with their device kernels, generated and compiled in one go.</summary>
    private sealed class DeviceAssembly(IReadOnlyList<string> specs)
    {
        // ILGPU generates code that refers to it, which an assembly that can be unloaded does not allow.
        private readonly Assembly _assembly = ConsumerProject.Of("using Rllc;\n" + string.Concat(specs.Select((spec, index) =>
            $"/// <summary>{spec}</summary>\n[Propagator(\"{spec}\")] public sealed partial class Optimizer{index};\n")))
            .Referencing(DeviceReferences.Real).Generate().Load(isCollectible: false);

        public IReadOnlyList<string> Specs { get; } = specs;

        public Type Device(int index) => _assembly.GetType($"Optimizer{index}", throwOnError: true)!.GetNestedType("Device")!;
    }
}
#endif
