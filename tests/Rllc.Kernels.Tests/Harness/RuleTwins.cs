using ILGPU.Runtime;

namespace Rllc.Kernels.Tests;

/// <summary>The same steps of a memory rule on a device and on the CPU's host.</summary>
internal sealed class RuleTwins : DeviceTwins
{
    private static readonly Dictionary<string, (Func<long[], Options, Optimizer> OnCpu, Func<Accelerator, long[], Options, DeviceOptimizer> OnDevice)> Declared = new()
    {
        [nameof(DeclaredRules.AdamMix)] = ((lengths, options) => new DeclaredRules.AdamMix(lengths, To<DeclaredRules.AdamMix.Options>(options)), (accelerator, lengths, options) => new DeclaredRules.AdamMix.Device(accelerator, lengths, To<DeclaredRules.AdamMix.Options>(options))),
        [nameof(DeclaredRules.SignMomentum)] = ((lengths, options) => new DeclaredRules.SignMomentum(lengths, To<DeclaredRules.SignMomentum.Options>(options)), (accelerator, lengths, options) => new DeclaredRules.SignMomentum.Device(accelerator, lengths, To<DeclaredRules.SignMomentum.Options>(options))),
        [nameof(DeclaredRules.Clamped)] = ((lengths, options) => new DeclaredRules.Clamped(lengths, To<DeclaredRules.Clamped.Options>(options)), (accelerator, lengths, options) => new DeclaredRules.Clamped.Device(accelerator, lengths, To<DeclaredRules.Clamped.Options>(options))),
        [nameof(DeclaredRules.Lion)] = ((lengths, options) => new DeclaredRules.Lion(lengths, Fixed(options)), (accelerator, lengths, options) => new DeclaredRules.Lion.Device(accelerator, lengths, Fixed(options))),
    };

    /// <summary>Begins with random parameters.</summary>
    /// <param name="accelerator">The device.</param>
    /// <param name="rule">The name of the declared class.</param>
    /// <param name="options">For both.</param>
    /// <param name="lengths">The tensors' numbers of parameters.</param>
    /// <param name="offset">How many elements after a multiple of 16 bytes tensors begin on the device.</param>
    public RuleTwins(Accelerator accelerator, string rule, Options options, long[] lengths, int offset = 0)
        : this(accelerator, Declared[rule].OnCpu(lengths, options), Declared[rule].OnDevice(accelerator, lengths, options), offset)
    {
    }

    private RuleTwins(Accelerator accelerator, Optimizer onCpu, DeviceOptimizer onDevice, int offset)
        : base(accelerator, onCpu, onDevice, onCpu.Memory.StateNames.Length, offset)
    {
    }

    /// <summary>Every declared class.</summary>
    public static IEnumerable<string> Rules => Declared.Keys;

    public new Optimizer OnCpu => (Optimizer)base.OnCpu;

    public new DeviceOptimizer OnDevice => (DeviceOptimizer)base.OnDevice;

    private static DeclaredRules.Lion.Options Fixed(Options options) => To<DeclaredRules.Lion.Options>(options with { FixedLaw = [1], LawLearningRate = 0 });

    /// <summary>Options of any of the classes.</summary>
    public sealed record Options : OptimizerOptions;
}
