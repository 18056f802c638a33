using System.Globalization;
using System.Text.RegularExpressions;

namespace Rllc.Emulation.Tests.Emulator;

/// <summary>What one instruction does to a thread.</summary>
internal delegate void PtxOperation(PtxThread thread);

/// <summary>A kernel of one argument, decoded.</summary>
internal sealed partial class PtxEntry
{
    private readonly Dictionary<string, int> _registers = [];
    private readonly Dictionary<string, int> _labels = [];
    private readonly Dictionary<string, int> _shared = [];
    private readonly string _parameter;

    public PtxEntry(string name, string parameter, int parameterBytes, int mostThreads, string body)
    {
        (Name, _parameter, ParameterBytes, MostThreads) = (name, parameter, parameterBytes, mostThreads);
        var instructions = new List<string>();
        foreach (var line in body.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)))
        {
            if (LabelPattern().Match(line) is { Success: true } label)
                _labels.Add(label.Groups["name"].Value, instructions.Count);
            else if (SharedPattern().Match(line) is { Success: true } shared)
                Reserve(shared);
            else if (!line.StartsWith(".reg ", StringComparison.Ordinal))
                instructions.Add(line.TrimEnd(';'));
        }
        Operations = [.. instructions.Select(Decode)];
    }

    public string Name { get; }

    /// <summary>Bytes of the argument.</summary>
    public int ParameterBytes { get; }

    /// <summary>Threads of a group at most.</summary>
    public int MostThreads { get; }

    /// <summary>Bytes of shared memory.</summary>
    public int SharedBytes { get; private set; }

    public int RegisterCount => _registers.Count;

    public PtxOperation[] Operations { get; }

    /// <summary>The number of a register, of whatever type.</summary>
    public int Register(string name)
    {
        if (!_registers.TryGetValue(name, out var number))
            _registers.Add(name, number = _registers.Count);
        return number;
    }

    /// <summary>Where a label is.</summary>
    public int Label(string name) => _labels[name];

    /// <summary>The place of a variable in shared memory, or 0 for the argument, in its own.</summary>
    public ulong Symbol(string name) => name == _parameter ? 0 : (ulong)_shared[name];

    private void Reserve(Match shared)
    {
        var align = int.Parse(shared.Groups["align"].Value, CultureInfo.InvariantCulture);
        var offset = (SharedBytes + align - 1) / align * align;
        _shared.Add(shared.Groups["name"].Value, offset);
        SharedBytes = offset + int.Parse(shared.Groups["size"].Value, CultureInfo.InvariantCulture);
    }

    private PtxOperation Decode(string instruction)
    {
        var match = InstructionPattern().Match(instruction);
        var operation = new PtxDecoder(this, match.Groups["code"].Value, Operands(match.Groups["operands"].Value)).Decode();
        if (!match.Groups["guard"].Success)
            return operation;
        var guard = Register(match.Groups["guard"].Value);
        var wanted = match.Groups["not"].Value == "" ? 1ul : 0;
        return thread =>
        {
            if (thread.Registers[guard] == wanted)
                operation(thread);
        };
    }

    // Commas inside the braces of a vector do not part operands.
    private static string[] Operands(string text) => [.. OperandPattern().Matches(text).Select(match => match.Value.Trim())];

    [GeneratedRegex(@"^(?<name>\w+):$")]
    private static partial Regex LabelPattern();

    [GeneratedRegex(@"^\.shared \.align (?<align>\d+) \.b8 (?<name>\w+)\[(?<size>\d+)\];$")]
    private static partial Regex SharedPattern();

    [GeneratedRegex(@"^(@(?<not>!?)(?<guard>%p\d+)\s+)?(?<code>[\w.]+)\s*(?<operands>.*)$")]
    private static partial Regex InstructionPattern();

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]|[^,{}\[\]\s]+")]
    private static partial Regex OperandPattern();
}
