using System.Text;

namespace Rllc.Cuda.Tests;

/// <summary>The kernels of an optimizer as far as the recording driver reads them.</summary>
internal static class StepModule
{
    /// <summary>All kernels of a memory and a format.</summary>
    public static byte[] Of(LinearMemory memory, MemoryFormat format = MemoryFormat.Float32) => With(StepPtx.Entries, memory, format);

    /// <summary>Some of them.</summary>
    public static byte[] With(IEnumerable<string> entries, LinearMemory memory, MemoryFormat format = MemoryFormat.Float32) =>
        StepPtx.Compose("Example.Optimizer", memory, format, string.Join('\n', entries.Select(entry => Encoding.UTF8.GetString(Ptx.Kernel(entry, Argument)))));

    private const string Argument = ".align 8 .b8 _step[272]";
}
