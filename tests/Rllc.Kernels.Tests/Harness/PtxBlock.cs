using System.Text.RegularExpressions;

namespace Rllc.Kernels.Tests;

/// <summary>Instructions of a kernel in PTX that are always run one after the other: no label and no branch is among them.</summary>
internal sealed partial class PtxBlock
{
    private readonly List<string> _instructions = [];

    /// <summary>The instructions without their operands, such as ld.global.v4.f32.</summary>
    public IReadOnlyList<string> Instructions => _instructions;

    /// <summary>The loads from global memory in order.</summary>
    public IEnumerable<string> Loads => _instructions.Where(IsLoad);

    /// <summary>The stores to global memory in order.</summary>
    public IEnumerable<string> Stores => _instructions.Where(IsStore);

    /// <summary>Whether no load from global memory comes after a store.</summary>
    public bool LoadsBeforeItStores => !_instructions.SkipWhile(instruction => !IsStore(instruction)).Any(IsLoad);

    /// <summary>The blocks of a kernel in the order of the text.</summary>
    public static IReadOnlyList<PtxBlock> Of(string ptx)
    {
        var blocks = new List<PtxBlock> { new() };
        foreach (var line in ptx.Split('\n'))
        {
            if (Label().IsMatch(line) || Branch().IsMatch(line))
                blocks.Add(new());
            else if (Instruction().Match(line) is { Success: true } match)
                blocks[^1]._instructions.Add(match.Groups["name"].Value);
        }

        return blocks;
    }

    private static bool IsLoad(string instruction) => instruction.StartsWith("ld.global", StringComparison.Ordinal);

    private static bool IsStore(string instruction) => instruction.StartsWith("st.global", StringComparison.Ordinal);

    [GeneratedRegex(@"^\s*\w+:")]
    private static partial Regex Label();

    [GeneratedRegex(@"^\s*(@!?%p\d+\s+)?bra\b")]
    private static partial Regex Branch();

    [GeneratedRegex(@"^\s*(@!?%p\d+\s+)?(?<name>[a-z]\w*(\.\w+)+)\s[^;]*;")]
    private static partial Regex Instruction();
}
