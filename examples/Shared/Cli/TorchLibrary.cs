using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Shared.Cli;

/// <summary>Says what to do where TorchSharp's native library cannot be loaded.</summary>
internal static class TorchLibrary
{
    private const string NativeLibraryName = "LibTorchSharp";

    /// <summary>Loads the library, or explains why that does not work.</summary>
    /// <param name="torch">TorchSharp's class that loads it when it is first used.</param>
    /// <exception cref="DllNotFoundException">It cannot be loaded.</exception>
    public static void Require(Type torch)
    {
        var output = Console.Out;
        try
        {
            // TorchSharp writes pages on its search to the console before it throws them.
            Console.SetOut(TextWriter.Null);
            RuntimeHelpers.RunClassConstructor(torch.TypeHandle);
        }
        catch (TypeInitializationException fault)
        {
            throw new DllNotFoundException(Message(Reason(torch.Assembly) ?? FirstLine(fault.InnerException!.Message)), fault);
        }
        finally
        {
            Console.SetOut(output);
        }
    }

    /// <summary>
    /// The first cause in what the loader of native libraries says. Below a line of introduction it names each file it tried, most of
    /// which nobody expects to be there: what stopped it is said of one that is, or of another library.
    /// </summary>
    internal static string FirstCause(string message)
    {
        var lines = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var causes = lines.Length > 1 ? lines[1..] : lines;
        return causes.FirstOrDefault(cause => !IsOfMissingFile(cause)) ?? causes[0];
    }

    private static bool IsOfMissingFile(string cause)
    {
        var path = cause.Split(": ")[0];
        return Path.GetFileName(path).Contains(NativeLibraryName, StringComparison.Ordinal) && !File.Exists(path);
    }

    /// <summary>Why the loader does not load the library; null where it does. TorchSharp's own exception does not say.</summary>
    private static string? Reason(Assembly torchSharp)
    {
        try
        {
            NativeLibrary.Load(NativeLibraryName, torchSharp, null);
            return null;
        }
        catch (Exception fault) when (fault is DllNotFoundException or BadImageFormatException)
        {
            return FirstCause(fault.Message);
        }
    }

    private static string Message(string reason) =>
        $"{NativeLibraryName}, TorchSharp's native library, cannot be loaded: {reason}\n"
        + "Build with the package that brings libtorch for this platform: TorchSharp-cpu, or another one as -p:TorchPackage=NAME."
        + (OperatingSystem.IsLinux() ? " On Linux it needs a libstdc++ of GCC 13 or newer (GLIBCXX_3.4.32)." : "");

    private static string FirstLine(string text) => text.Split('\n')[0].TrimEnd();
}
