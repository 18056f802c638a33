using ILGPU.Runtime;

namespace Rllc.Kernels.Tests;

/// <summary>The same steps by moments on a device and on the CPU's host.</summary>
internal sealed class MomentTwins : DeviceTwins
{
    private static readonly Dictionary<string, (Func<long[], Options, MomentOptimizer> OnCpu, Func<Accelerator, long[], Options, DeviceMomentOptimizer> OnDevice)> Declared = new()
    {
        [nameof(DeclaredMoments.Adam)] = ((lengths, options) => new DeclaredMoments.Adam(lengths, To<DeclaredMoments.Adam.Options>(options)), (accelerator, lengths, options) => new DeclaredMoments.Adam.Device(accelerator, lengths, To<DeclaredMoments.Adam.Options>(options))),
        [nameof(DeclaredMoments.AdamW)] = ((lengths, options) => new DeclaredMoments.AdamW(lengths, To<DeclaredMoments.AdamW.Options>(options)), (accelerator, lengths, options) => new DeclaredMoments.AdamW.Device(accelerator, lengths, To<DeclaredMoments.AdamW.Options>(options))),
        [nameof(DeclaredMoments.Momenta)] = ((lengths, options) => new DeclaredMoments.Momenta(lengths, To<DeclaredMoments.Momenta.Options>(options)), (accelerator, lengths, options) => new DeclaredMoments.Momenta.Device(accelerator, lengths, To<DeclaredMoments.Momenta.Options>(options))),
        [nameof(DeclaredMoments.Gradients)] = ((lengths, options) => new DeclaredMoments.Gradients(lengths, To<DeclaredMoments.Gradients.Options>(options)), (accelerator, lengths, options) => new DeclaredMoments.Gradients.Device(accelerator, lengths, To<DeclaredMoments.Gradients.Options>(options))),
        [nameof(DeclaredMoments.Empty)] = ((lengths, options) => new DeclaredMoments.Empty(lengths, To<DeclaredMoments.Empty.Options>(options)), (accelerator, lengths, options) => new DeclaredMoments.Empty.Device(accelerator, lengths, To<DeclaredMoments.Empty.Options>(options))),
        [nameof(DeclaredMoments.RmsProp)] = ((lengths, options) => new DeclaredMoments.RmsProp(lengths, To<DeclaredMoments.RmsProp.Options>(options)), (accelerator, lengths, options) => new DeclaredMoments.RmsProp.Device(accelerator, lengths, To<DeclaredMoments.RmsProp.Options>(options))),
        [nameof(DeclaredMoments.RmsPropMomentum)] = ((lengths, options) => new DeclaredMoments.RmsPropMomentum(lengths, To<DeclaredMoments.RmsPropMomentum.Options>(options)), (accelerator, lengths, options) => new DeclaredMoments.RmsPropMomentum.Device(accelerator, lengths, To<DeclaredMoments.RmsPropMomentum.Options>(options))),
        [nameof(DeclaredMoments.Sgd)] = ((lengths, options) => new DeclaredMoments.Sgd(lengths, To<DeclaredMoments.Sgd.Options>(options)), (accelerator, lengths, options) => new DeclaredMoments.Sgd.Device(accelerator, lengths, To<DeclaredMoments.Sgd.Options>(options))),
        [nameof(DeclaredMoments.SgdMomentum)] = ((lengths, options) => new DeclaredMoments.SgdMomentum(lengths, To<DeclaredMoments.SgdMomentum.Options>(options)), (accelerator, lengths, options) => new DeclaredMoments.SgdMomentum.Device(accelerator, lengths, To<DeclaredMoments.SgdMomentum.Options>(options))),
        [nameof(DeclaredMoments.ReferenceMomenta)] = ((lengths, options) => new DeclaredMoments.ReferenceMomenta(lengths, To<DeclaredMoments.ReferenceMomenta.Options>(options)), (accelerator, lengths, options) => new DeclaredMoments.ReferenceMomenta.Device(accelerator, lengths, To<DeclaredMoments.ReferenceMomenta.Options>(options))),
        [nameof(DeclaredMoments.ReferenceGradients)] = ((lengths, options) => new DeclaredMoments.ReferenceGradients(lengths, To<DeclaredMoments.ReferenceGradients.Options>(options)), (accelerator, lengths, options) => new DeclaredMoments.ReferenceGradients.Device(accelerator, lengths, To<DeclaredMoments.ReferenceGradients.Options>(options))),
    };

    /// <summary>Begins with random parameters.</summary>
    /// <param name="accelerator">The device.</param>
    /// <param name="formula">The name of the declared class.</param>
    /// <param name="options">For both.</param>
    /// <param name="lengths">The tensors' numbers of parameters.</param>
    /// <param name="offset">How many elements after a multiple of 16 bytes tensors begin on the device.</param>
    public MomentTwins(Accelerator accelerator, string formula, Options options, long[] lengths, int offset = 0)
        : this(accelerator, Declared[formula].OnCpu(lengths, options), Declared[formula].OnDevice(accelerator, lengths, options), offset)
    {
    }

    private MomentTwins(Accelerator accelerator, MomentOptimizer onCpu, DeviceMomentOptimizer onDevice, int offset)
        : base(accelerator, onCpu, onDevice, onCpu.DeclaredFormula.UnitCount, offset)
    {
    }

    /// <summary>Every declared class.</summary>
    public static IEnumerable<string> Formulas => Declared.Keys;

    /// <summary>Options of any of the classes.</summary>
    public sealed record Options : MomentOptions;
}
