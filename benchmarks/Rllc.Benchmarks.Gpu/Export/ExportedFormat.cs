namespace Rllc.Benchmarks.Gpu;

/// <summary>The kernels of a memory that is kept in one format.</summary>
/// <param name="Format">What M is kept in.</param>
/// <param name="ElementBytes">Bytes of a number of M.</param>
/// <param name="BytesMovedExact">Bytes that a step reads and writes per parameter with exact timing.</param>
/// <param name="BytesMovedDelayed">Likewise with delayed timing.</param>
/// <param name="Settings">The fields of <see cref="LawSettings"/> of default options.</param>
/// <param name="Module">The file of PTX that has all entries.</param>
internal sealed record ExportedFormat(
    MemoryFormat Format,
    int ElementBytes,
    int BytesMovedExact,
    int BytesMovedDelayed,
    IReadOnlyDictionary<string, object> Settings,
    string Module)
{
    /// <summary>What is written of a format.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="format">The format.</param>
    /// <param name="module">The file of its kernels.</param>
    public static ExportedFormat Of(LinearMemory memory, MemoryFormat format, string module)
    {
        var cost = format == MemoryFormat.Float32 ? memory.Cost : memory.Cost.InBFloat16;
        object settings = LawSettings.From(new() { MemoryFormat = format });
        var fields = typeof(LawSettings).GetFields().ToDictionary(field => field.Name, field => field.GetValue(settings)!);
        return new(format, cost.ElementBytes, cost.BytesMovedExact, cost.BytesMovedDelayed, fields, module);
    }
}
