using System.Runtime.InteropServices;

namespace Rllc.Emulation.Tests.Emulator;

/// <summary>Launches kernels of a module, group after group, in an order of the caller's.</summary>
internal sealed class PtxGrid(PtxModule module, DeviceAddresses addresses)
{
    /// <summary>Runs a kernel to its end.</summary>
    /// <param name="kernel">The entry's name.</param>
    /// <param name="groups">Groups of threads; 0 is refused, as the driver does.</param>
    /// <param name="threads">Threads of a group.</param>
    /// <param name="argument">The argument's bytes.</param>
    public void Launch(string kernel, int groups, int threads, ReadOnlySpan<byte> argument)
    {
        var entry = module.Entries[kernel];
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, entry.MostThreads);
        if (argument.Length != entry.ParameterBytes)
            throw new ArgumentException($"{kernel} takes {entry.ParameterBytes} bytes, not {argument.Length}.", nameof(argument));
        var bytes = argument.ToArray();
        // The last group first: no kernel may count on an order.
        for (var group = groups - 1; group >= 0; group--)
            new PtxGroup(entry, group, groups, threads, bytes, addresses).Run();
    }

    /// <inheritdoc cref="Launch(string, int, int, ReadOnlySpan{byte})"/>
    public void Launch<T>(string kernel, int groups, int threads, in T argument) where T : unmanaged =>
        Launch(kernel, groups, threads, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in argument)));
}
