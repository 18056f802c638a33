using System.Runtime.InteropServices;

namespace Rllc.Cuda;

/// <summary>
/// Elements in a device's memory, whoever owns them; whoever uses the view keeps them alive. As a kernel argument it has the
/// 16 bytes of ILGPU's ArrayView: the address, then the length as a 64-bit integer.
/// </summary>
/// <typeparam name="T">The element.</typeparam>
/// <param name="Address">Address of the first element, a CUdeviceptr.</param>
/// <param name="Length">Number of elements.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct DeviceView<T>(ulong Address, long Length) where T : unmanaged
{
    /// <summary>Some of the elements.</summary>
    /// <param name="start">The first one, from 0.</param>
    /// <param name="length">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">The view does not have these elements.</exception>
    public unsafe DeviceView<T> Slice(long start, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Length);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length - start);
        return new(Address + (ulong)start * (ulong)sizeof(T), length);
    }

    internal unsafe nuint ByteCount => checked((nuint)Length * (nuint)sizeof(T));
}
