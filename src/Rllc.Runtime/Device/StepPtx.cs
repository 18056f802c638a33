using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Rllc;

/// <summary>
/// The PTX of all kernels of a step for one memory or formula and one format, as it is embedded and cached: the text of a module after one
/// line that says whose it is, so that no optimizer runs the kernels of another one. ASCII throughout.
/// <code>// rllc kernels 4 Float32 SHA-256 of B and a, of the rule or of the formula Example.MomentumMix</code>
/// </summary>
internal static class StepPtx
{
    // To be raised with every change of the kernels' argument or of what they expect of each other.
    private const string Head = "// rllc kernels 4 ";

    /// <summary>The names of the kernels' entries, of a memory with a law.</summary>
    public static readonly IReadOnlyList<string> Entries = ["Project", "Advance", "ProjectAndAdvance", "SolveExact", "BeginDelayed", "EndDelayed", "BeginFixed"];

    /// <summary>Likewise, of moments.</summary>
    public static readonly IReadOnlyList<string> MomentEntries = ["Norm", "Begin", "Advance"];

    /// <summary>The name under which an assembly embeds the PTX of one of its optimizers.</summary>
    /// <param name="optimizer">The optimizer's full name in metadata.</param>
    /// <param name="format">What M is kept in.</param>
    public static string ResourceName(string optimizer, MemoryFormat format) => $"rllc/{optimizer}.{format}.ptx";

    /// <summary>Puts the first line before the text of a module.</summary>
    /// <param name="optimizer">The optimizer's full name in metadata.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="format">What M is kept in.</param>
    /// <param name="module">The text.</param>
    public static byte[] Compose(string optimizer, MemoryRule memory, MemoryFormat format, string module) =>
        Compose(optimizer, Begin(memory, format), module);

    /// <inheritdoc cref="Compose(string, MemoryRule, MemoryFormat, string)"/>
    /// <param name="optimizer">The optimizer's full name in metadata.</param>
    /// <param name="formula">Its formula.</param>
    /// <param name="format">What M is kept in.</param>
    /// <param name="module">The text.</param>
    public static byte[] Compose(string optimizer, MomentFormula formula, MemoryFormat format, string module) =>
        Compose(optimizer, Begin(formula, format), module);

    /// <summary>Sees to it that kernels are those of a memory and a format.</summary>
    /// <param name="ptx">What <see cref="Compose(string, MemoryRule, MemoryFormat, string)"/> has made.</param>
    /// <param name="memory">The memory.</param>
    /// <param name="format">The format.</param>
    /// <exception cref="ArgumentException">They are others, of another version, or no such text at all.</exception>
    public static void Check(ReadOnlySpan<byte> ptx, MemoryRule memory, MemoryFormat format) => Check(ptx, Begin(memory, format), format);

    /// <inheritdoc cref="Check(ReadOnlySpan{byte}, MemoryRule, MemoryFormat)"/>
    /// <param name="ptx">What <see cref="Compose(string, MomentFormula, MemoryFormat, string)"/> has made.</param>
    /// <param name="formula">The formula.</param>
    /// <param name="format">The format.</param>
    public static void Check(ReadOnlySpan<byte> ptx, MomentFormula formula, MemoryFormat format) => Check(ptx, Begin(formula, format), format);

    private static byte[] Compose(string optimizer, string begin, string module) => Encoding.ASCII.GetBytes($"{begin}{optimizer}\n{module}");

    private static void Check(ReadOnlySpan<byte> ptx, string begin, MemoryFormat format)
    {
        if (ptx.StartsWith(Encoding.ASCII.GetBytes(begin)))
            return;
        var end = ptx.IndexOf((byte)'\n');
        var line = Encoding.ASCII.GetString(end < 0 ? [] : ptx[..end]);
        throw new ArgumentException(
            line.StartsWith(Head, StringComparison.Ordinal) ? $"The kernels are those of another memory or format ({line[Head.Length..]}), not {format} of this one."
            : line.StartsWith("// rllc kernels ", StringComparison.Ordinal) ? "The kernels were compiled by another version of Rllc: compile them again."
            : "This is not the PTX of an optimizer's kernels.",
            nameof(ptx));
    }

    private static string Begin(MemoryRule memory, MemoryFormat format) =>
        Begin(memory is LinearMemory linear ? Bytes(linear) : Encoding.UTF8.GetBytes(memory.ToString()!), format);

    private static string Begin(MomentFormula formula, MemoryFormat format) => Begin(Encoding.UTF8.GetBytes(formula.ToString()), format);

    private static string Begin(byte[] identity, MemoryFormat format) => $"{Head}{format} {Convert.ToHexStringLower(SHA256.HashData(identity))} ";

    // B and a as the kernels have them.
    private static byte[] Bytes(LinearMemory memory)
    {
        var rounded = memory.RoundedToSingle();
        double[] numbers = [.. rounded.B.ToRowMajor(), .. rounded.a];
        var bytes = new byte[numbers.Length * sizeof(double)];
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), numbers[i]);
        return bytes;
    }
}
