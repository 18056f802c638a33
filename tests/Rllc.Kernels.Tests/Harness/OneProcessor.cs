using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rllc.Kernels.Tests;

/// <summary>
/// Keeps these tests on one processor of a Linux machine. The threads of a group on ILGPU's CPU accelerator meet at barriers all the time,
/// and waking each other across processors takes several times as long as what they do between.
/// </summary>
internal static partial class OneProcessor
{
    [ModuleInitializer]
    internal static unsafe void Keep()
    {
        if (!OperatingSystem.IsLinux())
            return;
        // The first one that this process may use; sets of more than 1024 processors are refused, and all stays as it is.
        var allowed = stackalloc ulong[16];
        if (sched_getaffinity(0, 16 * sizeof(ulong), allowed) != 0)
            return;
        var word = 0;
        while (allowed[word] == 0)
            word++;
        var first = allowed[word] & (~allowed[word] + 1);
        new Span<ulong>(allowed, 16).Clear();
        allowed[word] = first;
        // New threads stay where the one is that begins them.
        foreach (ProcessThread thread in Process.GetCurrentProcess().Threads)
            _ = sched_setaffinity(thread.Id, 16 * sizeof(ulong), allowed);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int sched_getaffinity(int thread, nint bytes, ulong* set);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int sched_setaffinity(int thread, nint bytes, ulong* set);
}
