using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Rllc.Kernels.Tests;

/// <summary>
/// Keeps threads on one processor of a Linux machine. Those of a group on ILGPU's CPU accelerator meet at barriers all the time, and waking each
/// other across processors takes several times as long as what they do between. New threads stay where the one is that begins them.
/// </summary>
internal sealed unsafe partial class OneProcessor : IDisposable
{
    // Sets of more processors are refused, and all stays as it is.
    private const int Words = 16;

    private readonly ulong[] _allowed = new ulong[Words];

    /// <summary>Keeps the calling thread there, and those that it begins from now on, until it is disposed on that thread.</summary>
    public OneProcessor() => Keep([0]);

    /// <summary>Keeps all threads there for good.</summary>
    public static void KeepAll()
    {
        using var threads = Process.GetCurrentProcess();
        new OneProcessor().Keep(threads.Threads.Cast<ProcessThread>().Select(thread => thread.Id));
    }

    /// <summary>Lets the calling thread go where it was allowed to.</summary>
    public void Dispose() => Set(0, _allowed);

    private void Keep(IEnumerable<int> threads)
    {
        if (!OperatingSystem.IsLinux())
            return;
        fixed (ulong* allowed = _allowed)
            if (sched_getaffinity(0, Words * sizeof(ulong), allowed) != 0)
                return;
        var first = _allowed.AsSpan().IndexOfAnyExcept(0ul);
        var one = new ulong[Words];
        one[first] = _allowed[first] & (~_allowed[first] + 1);
        foreach (var thread in threads)
            Set(thread, one);
    }

    private static void Set(int thread, ulong[] processors)
    {
        if (!OperatingSystem.IsLinux())
            return;
        fixed (ulong* set = processors)
            _ = sched_setaffinity(thread, Words * sizeof(ulong), set);
    }

    [LibraryImport("libc")]
    private static partial int sched_getaffinity(int thread, nint bytes, ulong* set);

    [LibraryImport("libc")]
    private static partial int sched_setaffinity(int thread, nint bytes, ulong* set);
}
