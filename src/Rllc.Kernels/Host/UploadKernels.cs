using ILGPU;

namespace Rllc.Kernels;

/// <summary>
/// Kernels that write their arguments into the device's memory: what changes between steps gets there in the order of the
/// stream, without staging memory and without anybody who waits for it.
/// </summary>
internal static class UploadKernels
{
    /// <summary>Writes the settings; for one thread.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="settings">The settings.</param>
    public static void WriteSettings<TSettings>(ArrayView<TSettings> target, TSettings settings) where TSettings : unmanaged => target[0] = settings;

    /// <summary>Writes entries of the table of tensors; a thread for each.</summary>
    /// <param name="target">Where to, as many entries as there are threads.</param>
    /// <param name="batch">The entries.</param>
    public static void WriteTensors(ArrayView<DeviceTensor> target, TensorBatch batch) => target[Group.IdxX] = batch[Group.IdxX];
}
