using System.IO.Compression;
using Rllc.Examples.Tests;
using TorchResNet20.Data;

namespace Rllc.Examples.Torch.Tests.ResNet20;

public sealed class CifarFilesTests : IDisposable
{
    private const int RecordLength = 3073;
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Records_come_in_order_from_plain_and_compressed_files_and_missing_ones_are_named()
    {
        Write("data_batch_1.bin", Records(3, 7));
        using (var file = new GZipStream(File.Create(directory.File("data_batch_3.bin.gz")), CompressionLevel.Fastest))
            file.Write(Records(9));
        Write("test_batch.bin", Records(0));

        var files = CifarFiles.Read(directory.Path);

        Assert.Equal([3, 7, 9], files.Training.Labels);
        Assert.Equal([0], files.Test.Labels);
        Assert.Equal(["data_batch_2.bin", "data_batch_4.bin", "data_batch_5.bin"], files.Missing);
        Assert.Equal(Records(3, 7)[(RecordLength + 1)..], files.Training.Picture(1).ToArray());
        Assert.Equal(Records(9)[1..], files.Training.Picture(2).ToArray());
    }

    [Fact]
    public void A_file_that_is_cut_off_is_refused() => AssertRefused(Records(1, 2)[..^1], "6145 bytes, expected a multiple of 3073");

    [Fact]
    public void An_empty_file_is_refused() => AssertRefused([], "0 bytes, expected a multiple of 3073");

    [Fact]
    public void A_label_that_does_not_exist_is_refused() => AssertRefused(Records(1, 10), "record 1 has the label 10, expected 0 to 9");

    [Fact]
    public void Damaged_compression_is_refused()
    {
        Write("data_batch_1.bin.gz", Records(1));
        Write("test_batch.bin", Records(0));

        Assert.Contains("the compressed data are damaged", Assert.Throws<InvalidDataException>(() => CifarFiles.Read(directory.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_told()
    {
        var none = Assert.Throws<FileNotFoundException>(() => CifarFiles.Read(directory.Path));
        Write("data_batch_1.bin", Records(1));
        var test = Assert.Throws<FileNotFoundException>(() => CifarFiles.Read(directory.Path));

        Assert.Contains("none of data_batch_1.bin, data_batch_2.bin", none.Message, StringComparison.Ordinal);
        Assert.Contains("test_batch.bin is not there", test.Message, StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => CifarFiles.Read(directory.File("nowhere")));
    }

    private void AssertRefused(byte[] training, string expected)
    {
        Write("data_batch_1.bin", training);
        Write("test_batch.bin", Records(0));

        var fault = Assert.Throws<InvalidDataException>(() => CifarFiles.Read(directory.Path));

        Assert.Contains("data_batch_1.bin", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    private void Write(string name, byte[] content) => File.WriteAllBytes(directory.File(name), content);

    private static byte[] Records(params byte[] labels) =>
        [.. labels.SelectMany(label => Enumerable.Range(0, RecordLength).Select(i => i == 0 ? label : (byte)(31 * label + i)))];
}
