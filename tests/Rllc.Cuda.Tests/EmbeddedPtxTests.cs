using System.Text;

namespace Rllc.Cuda.Tests;

public class EmbeddedPtxTests
{
    [Fact]
    public void What_an_assembly_embeds_of_an_optimizer_is_read_byte_for_byte() =>
        Assert.Equal("the kernels of an optimizer\n", Encoding.ASCII.GetString(EmbeddedPtx.Read(typeof(Embedded), MemoryFormat.BFloat16)));

    [Fact]
    public void A_format_that_is_not_embedded_is_named_with_the_property_that_would_embed_it()
    {
        var error = Assert.Throws<InvalidOperationException>(() => EmbeddedPtx.Read(typeof(Embedded), MemoryFormat.Float32));
        Assert.Equal(
            "The assembly 'Rllc.Cuda.Tests' embeds no kernels of 'Rllc.Cuda.Tests.EmbeddedPtxTests+Embedded' with its memory in Float32. Set " +
            "<RllcEmbedPtx>true</RllcEmbedPtx> in its project; if <RllcEmbedPtxFormats> is set there too, it must name Float32.",
            error.Message);
    }

    [Fact]
    public void An_optimizer_of_an_assembly_that_embeds_nothing_is_named() =>
        Assert.Contains("'Rllc.Runtime' embeds no kernels of 'Rllc.Optimizer'", Assert.Throws<InvalidOperationException>(
            () => EmbeddedPtx.Read(typeof(Optimizer), MemoryFormat.Float32)).Message, StringComparison.Ordinal);

    private sealed class Embedded;
}
