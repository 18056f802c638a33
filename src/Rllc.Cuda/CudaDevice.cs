using System.Runtime.InteropServices;
using System.Text;

namespace Rllc.Cuda;

/// <summary>
/// A device, with its primary context: the one that the CUDA runtime works in, and with it torch, so that addresses and streams
/// of theirs are good here. Each instance retains that context once. Disposing it gives the context back once everything that
/// was made on the device is disposed as well, in whatever order. Thread-safe.
/// </summary>
/// <example><code>
/// using var device = new CudaDevice(0);
/// using var module = new CudaModule(device, ptx, "the kernels of MomentumMix", PtxCache.Default);
/// module.GetKernel("Kernel_Advance").Launch(new(Blocks: 132, ThreadsPerBlock: 256), CudaStream.Default, memory.View, 0.9f);
/// </code></example>
public sealed class CudaDevice : SafeHandle
{
    private readonly int _device;

    /// <summary>Starts the driver where it has not been started, and retains the device's primary context.</summary>
    /// <param name="ordinal">0 to <see cref="Count"/> − 1, as torch counts: CUDA_VISIBLE_DEVICES goes for both.</param>
    /// <exception cref="CudaUnavailableException">There is no driver or no device, or the driver does not start or is too old.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such device.</exception>
    /// <exception cref="CudaException">The driver refuses.</exception>
    public CudaDevice(int ordinal) : base(0, ownsHandle: true)
    {
        DriverVersion = DriverApi.ToVersion(DriverApi.Initialize());
        var count = ReadCount();
        if (ordinal < 0 || ordinal >= count)
            throw new ArgumentOutOfRangeException(nameof(ordinal), FormattableString.Invariant($"There are {count} CUDA devices, counted from 0; there is no device {ordinal}."));
        Ordinal = ordinal;
        DriverApi.cuDeviceGet(out _device, ordinal).Check("Opening the device");
        Name = ReadName();
        ComputeCapability = new Version(Attribute(DeviceAttribute.ComputeCapabilityMajor), Attribute(DeviceAttribute.ComputeCapabilityMinor));
        MultiprocessorCount = Attribute(DeviceAttribute.MultiprocessorCount);
        DriverApi.cuDevicePrimaryCtxRetain(out var context, _device).Check("Retaining the device's primary context");
        SetHandle(context);
    }

    /// <summary>How many devices the driver sees.</summary>
    /// <exception cref="CudaUnavailableException">There is no driver or no device, or the driver does not start or is too old.</exception>
    /// <exception cref="CudaException">The driver refuses.</exception>
    public static int Count
    {
        get
        {
            DriverApi.Initialize();
            return ReadCount();
        }
    }

    /// <summary>The device's number, from 0.</summary>
    public int Ordinal { get; }

    /// <summary>The device's name, such as NVIDIA H100 80GB HBM3.</summary>
    public string Name { get; }

    /// <summary>The instructions that the device understands: 8.0 is sm_80.</summary>
    public Version ComputeCapability { get; }

    /// <summary>Multiprocessors, each of which works on some blocks at a time.</summary>
    public int MultiprocessorCount { get; }

    /// <summary>The newest version of CUDA that the driver supports.</summary>
    public Version DriverVersion { get; }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The primary context, for objects that hold a reference to this one.</summary>
    internal nint Context => handle;

    /// <summary>Waits until all work queued on a stream is done.</summary>
    /// <param name="stream">A stream of this device.</param>
    /// <exception cref="ObjectDisposedException">The device is disposed.</exception>
    /// <exception cref="CudaException">Work on the stream has failed, or the driver refuses.</exception>
    public void Synchronize(CudaStream stream)
    {
        using var scope = Enter();
        DriverApi.cuStreamSynchronize(stream.Handle).Check("Waiting for a stream");
    }

    /// <summary>Makes the primary context current until the scope is disposed.</summary>
    internal ContextScope Enter() => new(this, handle);

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => DriverApi.cuDevicePrimaryCtxRelease_v2(_device) == CuResult.Success;

    private static int ReadCount()
    {
        DriverApi.cuDeviceGetCount(out var count).Check("Counting the devices");
        return count;
    }

    private unsafe string ReadName()
    {
        const int Size = 256;
        var name = stackalloc byte[Size];
        DriverApi.cuDeviceGetName(name, Size, _device).Check("Asking for the device's name");
        return Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name));
    }

    private int Attribute(DeviceAttribute attribute)
    {
        DriverApi.cuDeviceGetAttribute(out var value, attribute, _device).Check("Asking for an attribute of the device");
        return value;
    }
}
