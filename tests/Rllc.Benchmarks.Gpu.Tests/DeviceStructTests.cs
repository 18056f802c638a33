using System.Runtime.InteropServices;
using Rllc.Kernels;

namespace Rllc.Benchmarks.Gpu.Tests;

public class DeviceStructTests
{
    [Theory]
    [InlineData(typeof(DeviceChunk))]
    [InlineData(typeof(DeviceTensor))]
    [InlineData(typeof(LawSettings))]
    [InlineData(typeof(LawCounters))]
    [InlineData(typeof(StepFactors))]
    public void A_struct_without_views_lies_as_it_does_on_the_host(Type type)
    {
        var layout = DeviceStruct.Of(type);
        Assert.Equal(Marshal.SizeOf(type), layout.Size);
        Assert.Equal(type.GetFields().Length, layout.Fields.Count);
        Assert.All(layout.Fields, field => Assert.Equal(Marshal.OffsetOf(type, field.Name), field.Offset));
    }

    [Fact]
    public void A_view_is_an_address_and_a_length()
    {
        var layout = DeviceStruct.Of(typeof(StepViews));
        Assert.Equal((272, 8), (layout.Size, layout.Alignment));
        Assert.Equal(new DeviceField("Law", nameof(LawViews), 0, 11 * 16), layout.Fields[0]);
        Assert.Equal(new DeviceField("Elements", nameof(ElementViews), 176, 96), layout.Fields[1]);

        layout = DeviceStruct.Of(typeof(ElementViews));
        Assert.Equal(new DeviceField("Chunks", "view", 0, 16), layout.Fields[0]);
        Assert.Equal(new DeviceField("ChunksPerGroup", "int32", 88, 4), layout.Fields[^1]);
    }

    [Fact]
    public void A_field_of_another_type_is_refused()
    {
        var exception = Assert.Throws<NotSupportedException>(() => DeviceStruct.Of(typeof(WithText)));
        Assert.Contains("System.String", exception.Message);
    }

    private record struct WithText(string Text);
}
