using System.Reflection;
using ILGPU;
using ILGPU.Runtime;

namespace Rllc.Kernels;

/// <summary>Keeps the device's settings and table of tensors as the host has them: it uploads what has changed, in the order of the stream.</summary>
internal sealed class Uploads<TSettings> where TSettings : unmanaged, IEquatable<TSettings>
{
    private readonly Action<AcceleratorStream, KernelConfig, ArrayView<TSettings>, TSettings> _writeSettings;
    private readonly Action<AcceleratorStream, KernelConfig, ArrayView<DeviceTensor>, TensorBatch> _writeTensors;
    private readonly ArrayView<TSettings> _settingsOnDevice;
    private readonly ArrayView<DeviceTensor> _tensorsOnDevice;
    private readonly DeviceTensor[] _tensors;
    private TSettings _settings;

    /// <summary>Begins with zeros on both sides.</summary>
    /// <param name="accelerator">Where.</param>
    /// <param name="settings">The settings there.</param>
    /// <param name="tensors">The table there.</param>
    public Uploads(Accelerator accelerator, ArrayView<TSettings> settings, ArrayView<DeviceTensor> tensors)
    {
        _writeSettings = accelerator.LoadKernel<Action<AcceleratorStream, KernelConfig, ArrayView<TSettings>, TSettings>>(
            Find(nameof(UploadKernels.WriteSettings)).MakeGenericMethod(typeof(TSettings)), KernelSpecialization.Empty);
        _writeTensors = accelerator.LoadKernel<Action<AcceleratorStream, KernelConfig, ArrayView<DeviceTensor>, TensorBatch>>(
            Find(nameof(UploadKernels.WriteTensors)), KernelSpecialization.Empty);
        (_settingsOnDevice, _tensorsOnDevice) = (settings, tensors);
        _tensors = new DeviceTensor[_tensorsOnDevice.Length];
    }

    /// <summary>Where the tensors were in the last step.</summary>
    public ReadOnlySpan<DeviceTensor> Tensors => _tensors;

    /// <summary>Queues the upload of what has changed, for the kernels that are queued next.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="settings">All settings.</param>
    /// <param name="tensors">The whole table.</param>
    public void Update(AcceleratorStream stream, in TSettings settings, ReadOnlySpan<DeviceTensor> tensors)
    {
        if (!settings.Equals(_settings))
        {
            _writeSettings(stream, new(1, 1), _settingsOnDevice, settings);
            _settings = settings;
        }
        for (var start = 0; start < tensors.Length; start += TensorBatch.Length)
        {
            var entries = tensors.Slice(start, Math.Min(TensorBatch.Length, tensors.Length - start));
            var uploaded = _tensors.AsSpan(start, entries.Length);
            if (entries.SequenceEqual(uploaded))
                continue;
            _writeTensors(stream, new(1, entries.Length), _tensorsOnDevice.SubView(start, entries.Length), TensorBatch.Of(entries));
            entries.CopyTo(uploaded);
        }
    }

    private static MethodInfo Find(string name) => typeof(UploadKernels).GetMethod(name)!;
}
