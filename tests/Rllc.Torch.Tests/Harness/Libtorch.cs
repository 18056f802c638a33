using TorchSharp;

namespace Rllc.Torch.Tests.Harness;

/// <summary>Whether libtorch can be used on this machine; found out once.</summary>
internal static class Libtorch
{
    private static readonly string? Fault = FindFault();

    /// <summary>Skips the calling test where it cannot be used.</summary>
    public static void Require() => Skip.If(Fault is not null, $"TorchSharp's native library does not load here: {Fault}");

    private static string? FindFault()
    {
        try
        {
            using var one = torch.ones(1);
            return one.item<float>() == 1 ? null : "torch.ones(1) is not 1";
        }
        // Whatever the loader of native libraries throws, wrapped or not.
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException or NotSupportedException)
        {
            return (e.InnerException ?? e).Message.Split('\n')[0];
        }
    }
}
