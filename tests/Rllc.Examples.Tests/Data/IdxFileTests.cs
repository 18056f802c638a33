using System.IO.Compression;
using Shared.Data;

namespace Rllc.Examples.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private static readonly byte[] Labels = [0, 0, 8, 1, 0, 0, 0, 3, 7, 0, 9];
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_plain_file_is_read()
    {
        var (dimensions, elements) = IdxFile.Read(Write(Labels), 1);

        Assert.Equal([3], dimensions);
        Assert.Equal([7, 0, 9], elements);
    }

    [Fact]
    public void A_gzipped_file_is_read_whatever_its_name()
    {
        var (dimensions, elements) = IdxFile.Read(Write(Compress([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4])), 3);

        Assert.Equal([2, 1, 2], dimensions);
        Assert.Equal([1, 2, 3, 4], elements);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(10)]
    public void A_truncated_file_is_named(int length) => AssertFault("ends before", Labels[..length]);

    [Fact]
    public void A_truncated_gzip_file_is_named()
    {
        var compressed = Compress([0, 0, 8, 1, 0, 0, 8, 0, .. Enumerable.Range(0, 2048).Select(i => (byte)(i * i))]);

        var fault = Assert.Throws<InvalidDataException>(() => IdxFile.Read(Write(compressed[..^40]), 1));

        Assert.StartsWith(directory.File("file"), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_gzip_file_is_named()
    {
        var compressed = Compress(Labels);
        compressed.AsSpan(10, 4).Fill(0xFF);

        AssertFault("damaged", compressed);
    }

    [Fact]
    public void Elements_beyond_the_announced_ones_are_refused() => AssertFault("goes on after the 3 elements", [.. Labels, 1]);

    [Fact]
    public void Another_number_of_dimensions_is_told() => AssertFault("starts with 00000803, expected 00000801", [0, 0, 8, 3, .. Labels[4..]]);

    [Fact]
    public void Something_else_entirely_is_told() => AssertFault("not an IDX file", "PNG, perhaps"u8.ToArray());

    [Fact]
    public void Absurd_sizes_are_refused_before_anything_is_read() => AssertFault("more than an array holds", [0, 0, 8, 1, 0xFF, 0xFF, 0xFF, 0xFF]);

    private void AssertFault(string expected, byte[] content)
    {
        var path = Write(content);
        var fault = Assert.Throws<InvalidDataException>(() => IdxFile.Read(path, 1));
        Assert.StartsWith(path, fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    private string Write(byte[] content)
    {
        var path = directory.File("file");
        File.WriteAllBytes(path, content);
        return path;
    }

    internal static byte[] Compress(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
            gzip.Write(content);
        return compressed.ToArray();
    }
}
