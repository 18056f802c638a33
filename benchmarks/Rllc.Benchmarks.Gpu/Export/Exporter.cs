using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rllc.Kernels;

namespace Rllc.Benchmarks.Gpu;

/// <summary>Writes the kernels and export.json for benchmarks/gpu/bench.py.</summary>
internal static class Exporter
{
    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    };

    private static readonly Type[] Structs =
        [typeof(StepViews), typeof(LawViews), typeof(ElementViews), typeof(DeviceChunk), typeof(DeviceTensor), typeof(LawSettings), typeof(LawCounters), typeof(StepFactors)];

    /// <summary>Compiles the declared memories' kernels and writes everything; what is there already is overwritten.</summary>
    /// <param name="folder">Where to; it is created.</param>
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var memories = typeof(Declared).GetNestedTypes(BindingFlags.NonPublic)
            .Where(type => type.IsDefined(typeof(PropagatorAttribute)))
            .Select(type => WriteMemory(type, folder))
            .OrderBy(memory => memory.UnitCount)
            .ToList();
        var file = new ExportedFile(
            Version: 1,
            ExportedConstants.Current,
            StepPtx.Entries,
            Structs.ToDictionary(type => type.Name, DeviceStruct.Of),
            memories,
            ExportedPartition.Examples);
        File.WriteAllText(Path.Combine(folder, "export.json"), JsonSerializer.Serialize(file, Json) + "\n");
    }

    private static ExportedMemory WriteMemory(Type declared, string folder)
    {
        var kernels = declared.GetNestedType("DeviceKernels")!;
        var memory = LinearMemory.Parse(kernels.GetCustomAttribute<StepKernelsAttribute>()!.Spec);
        MemoryFormat[] formats = [MemoryFormat.Float32, MemoryFormat.BFloat16];
        return ExportedMemory.Of(declared.Name, memory, [.. formats.Select(format => ExportedFormat.Of(memory, format, WriteModule(declared.Name, kernels, format, folder)))]);
    }

    private static string WriteModule(string name, Type kernels, MemoryFormat format, string folder)
    {
        var file = $"{name}.{format}.ptx";
        File.WriteAllBytes(Path.Combine(folder, file), PtxCompiler.Compile(kernels, format));
        return file;
    }
}
