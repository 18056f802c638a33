using System.Runtime.InteropServices;
using System.Text;

namespace Rllc.Cuda.Tests;

/// <summary>
/// A fresh recording driver for a test, which skips where it cannot be compiled. At the end of the test it must have no
/// complaint, and no context may have stayed current.
/// </summary>
internal sealed unsafe class FakeDriver : IDisposable
{
    public const int Version = 12040;

    private KernelCallback? _kernel;

    public FakeDriver(int devices = 1, int version = Version, int major = 8, int minor = 0)
    {
        Skip.If(FakeLibrary.Fault is not null, FakeLibrary.Fault);
        // What an earlier test has left to the garbage collector must not be freed in this one.
        CollectGarbage();
        FakeLibrary.Reset(devices, version, major, minor);
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void KernelCallback(nint name, nint* arguments);

    /// <summary>A kernel: its name and the addresses of its arguments.</summary>
    public delegate void Kernel(string name, nint* arguments);

    /// <summary>The calls since the last time, "cuInit(0)".</summary>
    public string[] TakeLog()
    {
        var log = new byte[FakeLibrary.TakeLog(null, 0)];
        fixed (byte* buffer = log)
            if (log.Length > 0)
                FakeLibrary.TakeLog(buffer, (nuint)log.Length);
        return Encoding.UTF8.GetString(log).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The functions called since the last time, without their arguments.</summary>
    public string[] TakeCalls() => [.. TakeLog().Select(call => call[..call.IndexOf('(')])];

    /// <summary>What is alive in the driver: "memory 1, context 1".</summary>
    public string Live
    {
        get
        {
            var buffer = stackalloc byte[256];
            FakeLibrary.Live(buffer, 256);
            return Marshal.PtrToStringUTF8((nint)buffer)!;
        }
    }

    /// <summary>The device whose context is current on this thread; −1 for none.</summary>
    public int Current => FakeLibrary.Current();

    /// <summary>Lets the n-th call of a function from now on fail, and do nothing.</summary>
    public void Fail(string function, int result, int n = 1) => FakeLibrary.Fail(function, n, result);

    /// <summary>Runs for every launch, when the driver comes to it. Must not throw.</summary>
    public void OnLaunch(Kernel kernel)
    {
        _kernel = (name, arguments) => kernel(Marshal.PtrToStringUTF8(name)!, arguments);
        FakeLibrary.SetKernel(Marshal.GetFunctionPointerForDelegate(_kernel));
    }

    public static void CollectGarbage()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    public void Dispose()
    {
        Assert.Equal("", Marshal.PtrToStringUTF8(FakeLibrary.FirstFault()));
        Assert.Equal(-1, Current);
        FakeLibrary.SetKernel(0);
        GC.KeepAlive(_kernel);
    }
}
