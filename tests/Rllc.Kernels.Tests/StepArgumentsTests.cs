using System.Buffers.Binary;
using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU;
using Rllc.Cuda;

namespace Rllc.Kernels.Tests;

/// <summary>What the driver is given for a kernel's argument has the bytes that the kernel was compiled for.</summary>
public class StepArgumentsTests
{
    [Fact]
    public void The_driver_s_argument_has_the_fields_of_the_kernels_one_in_their_order() =>
        Assert.Equal(Leaves(typeof(StepViews)), Leaves(typeof(StepArguments)));

    [Fact]
    public void Its_fields_are_where_the_kernels_read_them()
    {
        var number = 0L;
        object boxed = Fill(new StepArguments(), ref number);
        var arguments = (StepArguments)boxed;
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new Span<StepArguments>(ref arguments));

        // 16 views of 16 bytes, the number of rows, that of chunks and what aligns the next argument.
        Assert.Equal(272, bytes.Length);
        for (var word = 0; word < 33; word++)
            Assert.Equal(word + 1, BinaryPrimitives.ReadInt64LittleEndian(bytes[(8 * word)..]));
        Assert.Equal(34, BinaryPrimitives.ReadInt32LittleEndian(bytes[264..]));
    }

    /// <summary>Names and types of the fields, those of structs within one another in a row; views by what they are of.</summary>
    internal static IEnumerable<string> Leaves(Type type) =>
        Fields(type).SelectMany(field => field.FieldType switch
        {
            { IsPrimitive: true } number => [$"{field.Name}: {number}"],
            { IsGenericType: true } view when view.GetGenericTypeDefinition() == typeof(ArrayView<>) || view.GetGenericTypeDefinition() == typeof(DeviceView<>)
                => [$"{field.Name}: view of {view.GenericTypeArguments[0]}"],
            var other => Leaves(other).Select(leaf => $"{field.Name}.{leaf}"),
        });

    /// <summary>Numbers a struct's fields, view by view address and length, from the last number on.</summary>
    private static object Fill(object boxed, ref long number)
    {
        foreach (var field in Fields(boxed.GetType()))
            field.SetValue(boxed, field.FieldType.IsPrimitive
                ? Convert.ChangeType(++number, field.FieldType)
                : Fill(field.GetValue(boxed)!, ref number));
        return boxed;
    }

    private static IEnumerable<FieldInfo> Fields(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).OrderBy(field => field.MetadataToken);
}
