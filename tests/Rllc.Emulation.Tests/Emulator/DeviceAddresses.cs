namespace Rllc.Emulation.Tests.Emulator;

/// <summary>The memory that kernels may use: anything else would be a fault of the device, or worse.</summary>
internal sealed unsafe class DeviceAddresses
{
    private readonly List<(ulong Begin, ulong End, bool IsWritable)> _ranges = [];

    /// <summary>Allows the kernels a range.</summary>
    public void Add(void* begin, long bytes, bool isWritable = true) => _ranges.Add(((ulong)begin, (ulong)begin + (ulong)bytes, isWritable));

    /// <summary>The host's pointer to some bytes.</summary>
    public byte* At(ulong address, int bytes, bool toWrite)
    {
        if (address % (ulong)bytes != 0)
            throw new InvalidOperationException($"An access to {bytes} bytes at {address:X}, which is no multiple of their number.");
        foreach (var (begin, end, isWritable) in _ranges)
            if (address >= begin && address + (ulong)bytes <= end && (isWritable || !toWrite))
                return (byte*)address;
        throw new InvalidOperationException($"{bytes} bytes at {address:X} must not be {(toWrite ? "written" : "read")}.");
    }
}
