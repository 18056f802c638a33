namespace Rllc.Cuda;

/// <summary>The PTX that an assembly embeds of its optimizers' kernels, where its project asks for it (docs/ptx.md).</summary>
public static class EmbeddedPtx
{
    /// <summary>Reads the kernels of an optimizer.</summary>
    /// <param name="optimizer">The optimizer's class.</param>
    /// <param name="format">What M is kept in.</param>
    /// <returns>The text, in ASCII, after a line that says whose it is.</returns>
    /// <exception cref="InvalidOperationException">Its assembly embeds none for that class and format.</exception>
    public static byte[] Read(Type optimizer, MemoryFormat format)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        var name = StepPtx.ResourceName(optimizer.FullName ?? optimizer.Name, format);
        using var resource = optimizer.Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException(
            $"The assembly '{optimizer.Assembly.GetName().Name}' embeds no kernels of '{optimizer.FullName}' with its memory in {format}. Set " +
            $"<RllcEmbedPtx>true</RllcEmbedPtx> in its project; if <RllcEmbedPtxFormats> is set there too, it must name {format}.");
        var ptx = new byte[resource.Length];
        resource.ReadExactly(ptx);
        return ptx;
    }
}
