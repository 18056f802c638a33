using System.Reflection;
using ILGPU;
using ILGPU.Runtime;

namespace Rllc.Kernels;

/// <summary>Keeps the device's settings and table of tensors as the host has them: it uploads what has changed, in the order of the stream.</summary>
internal sealed class Uploads
{
    private readonly Action<AcceleratorStream, KernelConfig, ArrayView<LawSettings>, LawSettings> _writeSettings;
    private readonly Action<AcceleratorStream, KernelConfig, ArrayView<DeviceTensor>, TensorBatch> _writeTensors;
    private readonly ArrayView<LawSettings> _settingsOnDevice;
    private readonly ArrayView<DeviceTensor> _tensorsOnDevice;
    private readonly DeviceTensor[] _tensors;
    private LawSettings _settings;

    /// <summary>Begins with zeros on both sides.</summary>
    /// <param name="accelerator">Where.</param>
    /// <param name="views">Settings and table there.</param>
    public Uploads(Accelerator accelerator, in StepViews views)
    {
        _writeSettings = accelerator.LoadKernel<Action<AcceleratorStream, KernelConfig, ArrayView<LawSettings>, LawSettings>>(
            Find(nameof(UploadKernels.WriteSettings)), KernelSpecialization.Empty);
        _writeTensors = accelerator.LoadKernel<Action<AcceleratorStream, KernelConfig, ArrayView<DeviceTensor>, TensorBatch>>(
            Find(nameof(UploadKernels.WriteTensors)), KernelSpecialization.Empty);
        (_settingsOnDevice, _tensorsOnDevice) = (views.Law.Settings, views.Tensors);
        _tensors = new DeviceTensor[_tensorsOnDevice.Length];
    }

    /// <summary>Where the tensors were in the last step.</summary>
    public ReadOnlySpan<DeviceTensor> Tensors => _tensors;

    /// <summary>Queues the upload of what has changed, for the kernels that are queued next.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="settings">All settings.</param>
    /// <param name="tensors">The whole table.</param>
    public void Update(AcceleratorStream stream, in LawSettings settings, ReadOnlySpan<DeviceTensor> tensors)
    {
        if (settings != _settings)
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
