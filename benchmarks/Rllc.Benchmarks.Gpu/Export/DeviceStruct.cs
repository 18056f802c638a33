using System.Reflection;
using ILGPU;

namespace Rllc.Benchmarks.Gpu;

/// <summary>
/// How a struct lies in the memory of a device: its fields in the order of the source, each aligned to its size, as C# lays out
/// a sequential struct; but a view is an address and a 64-bit length there, 16 bytes, which it is not on the host.
/// </summary>
/// <param name="Size">Its bytes, a multiple of the alignment.</param>
/// <param name="Alignment">That of the field that is aligned most.</param>
/// <param name="Fields">Its fields in order.</param>
internal sealed record DeviceStruct(int Size, int Alignment, IReadOnlyList<DeviceField> Fields)
{
    private const int ViewSize = 16;
    private const int ViewAlignment = 8;

    /// <summary>The layout of a struct.</summary>
    /// <param name="type">The struct.</param>
    /// <exception cref="NotSupportedException">A field is of a type that kernels' structs do not have.</exception>
    public static DeviceStruct Of(Type type)
    {
        var fields = new List<DeviceField>();
        var (end, most) = (0, 1);
        // Tokens are given out in the order of the source; reflection promises none.
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).OrderBy(field => field.MetadataToken))
        {
            var (name, size, alignment) = Describe(field.FieldType);
            var offset = RoundUp(end, alignment);
            fields.Add(new(field.Name, name, offset, size));
            (end, most) = (offset + size, Math.Max(most, alignment));
        }
        return new(RoundUp(end, most), most, fields);
    }

    private static (string Name, int Size, int Alignment) Describe(Type type)
    {
        if (type == typeof(int))
            return ("int32", sizeof(int), sizeof(int));
        if (type == typeof(long))
            return ("int64", sizeof(long), sizeof(long));
        if (type == typeof(float))
            return ("float32", sizeof(float), sizeof(float));
        if (type == typeof(double))
            return ("float64", sizeof(double), sizeof(double));
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ArrayView<>))
            return ("view", ViewSize, ViewAlignment);
        if (type is not { IsValueType: true, IsPrimitive: false, IsEnum: false, IsGenericType: false })
            throw new NotSupportedException($"A kernel's struct has no field of type {type}.");
        var nested = Of(type);
        return (type.Name, nested.Size, nested.Alignment);
    }

    private static int RoundUp(int size, int alignment) => (size + alignment - 1) / alignment * alignment;
}
