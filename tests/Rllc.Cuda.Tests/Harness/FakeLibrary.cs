using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

// There is one driver in a process, and it is scripted.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Rllc.Cuda.Tests;

/// <summary>Compiles FakeDriver/fakecuda.c, once, and lets the library under test take it for the driver.</summary>
internal static unsafe partial class FakeLibrary
{
    private const string Name = "fakecuda";

    private static readonly TemporaryFolder Folder = new();

    static FakeLibrary()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Folder.Dispose();
        (Path, Fault) = Compile();
        if (Path is null)
            return;
        AppContext.SetData(DriverLibrary.PathKey, Path);
        NativeLibrary.SetDllImportResolver(typeof(FakeLibrary).Assembly, (name, _, _) => name == Name ? NativeLibrary.Load(Path) : 0);
    }

    /// <summary>The compiled library, or null where it cannot be compiled.</summary>
    public static string? Path { get; }

    /// <summary>Why the tests cannot run here, or null where they can.</summary>
    public static string? Fault { get; }

    private static (string? Path, string? Fault) Compile()
    {
        if (OperatingSystem.IsWindows())
            return (null, "The recording driver is written for Unix.");
        var source = Folder["fakecuda.c"];
        var library = Folder["libfakecuda.so"];
        using (var file = File.Create(source))
        using (var resource = typeof(FakeLibrary).Assembly.GetManifestResourceStream("fakecuda.c")!)
            resource.CopyTo(file);
        var start = new ProcessStartInfo("cc", ["-shared", "-fPIC", "-pthread", "-fvisibility=hidden", "-o", library, source]) { RedirectStandardError = true };
        try
        {
            using var compiler = Process.Start(start)!;
            var errors = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            // A compiler that refuses the source is a fault of the source, and no reason to skip.
            return compiler.ExitCode == 0 ? (library, null) : throw new InvalidOperationException(errors);
        }
        catch (Win32Exception)
        {
            return (null, "There is no C compiler (cc) to compile the recording driver with.");
        }
    }

    [LibraryImport(Name, EntryPoint = "fake_reset")]
    public static partial void Reset(int devices, int version, int major, int minor);

    [LibraryImport(Name, EntryPoint = "fake_fail", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void Fail(string function, int n, int result);

    [LibraryImport(Name, EntryPoint = "fake_kernel")]
    public static partial void SetKernel(nint callback);

    [LibraryImport(Name, EntryPoint = "fake_take_log")]
    public static partial nuint TakeLog(byte* buffer, nuint size);

    [LibraryImport(Name, EntryPoint = "fake_live")]
    public static partial void Live(byte* buffer, nuint size);

    [LibraryImport(Name, EntryPoint = "fake_current")]
    public static partial int Current();

    [LibraryImport(Name, EntryPoint = "fake_fault")]
    public static partial nint FirstFault();
}
