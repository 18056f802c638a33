using Shared.Data;

namespace Rllc.Examples.Tests.Data;

public sealed class MnistFilesTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void The_end_of_the_training_file_is_kept_for_validation()
    {
        Write(directory.Path, "train", [0, 1, 2, 3, 4]);
        Write(directory.Path, "t10k", [5, 6]);

        var data = MnistFiles.Read(directory.Path, "fashion-mnist", validationCount: 2);

        Assert.Equal([0, 1, 2], data.Training.Labels);
        Assert.Equal([3, 4], data.Validation.Labels);
        Assert.Equal([5, 6], data.Test.Labels);
        Assert.All(data.Validation.Picture(1).ToArray(), pixel => Assert.Equal(4, pixel));
        Assert.Equal(new(0.2860f, 0.3530f), data.Normalization);
    }

    [Fact]
    public void A_subdirectory_of_the_set_s_name_comes_first_and_files_may_be_gzipped()
    {
        var own = Directory.CreateDirectory(directory.File("mnist")).FullName;
        Write(own, "train", [1, 2]);
        Write(own, "t10k", [3]);
        foreach (var path in Directory.GetFiles(own))
        {
            File.WriteAllBytes(path + ".gz", IdxFileTests.Compress(File.ReadAllBytes(path)));
            File.Delete(path);
        }

        Assert.Equal([1], MnistFiles.Read(directory.Path, "mnist", validationCount: 1).Training.Labels);
    }

    [Fact]
    public void A_missing_directory_or_file_is_named()
    {
        Assert.Contains(directory.File("none"), Assert.Throws<DirectoryNotFoundException>(() => MnistFiles.Read(directory.File("none"), "mnist")).Message, StringComparison.Ordinal);
        Write(directory.Path, "train", [1, 2]);

        var fault = Assert.Throws<FileNotFoundException>(() => MnistFiles.Read(directory.Path, "mnist", 1));

        Assert.Contains(directory.File("t10k-images-idx3-ubyte"), fault.Message, StringComparison.Ordinal);
        Assert.Contains("t10k-images-idx3-ubyte.gz", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_do_not_match_the_pictures_are_told()
    {
        Write(directory.Path, "train", [1, 2]);
        Write(directory.Path, "t10k", [1, 2, 3]);
        File.Copy(directory.File("train-labels-idx1-ubyte"), directory.File("t10k-labels-idx1-ubyte"), overwrite: true);

        AssertFault("2 labels, expected one for each of the 3 pictures");
    }

    [Fact]
    public void A_label_that_is_no_class_is_told()
    {
        Write(directory.Path, "train", [1, 12]);
        AssertFault("label 12, expected 0 to 9");
    }

    [Fact]
    public void Pictures_of_another_size_are_told()
    {
        File.WriteAllBytes(directory.File("train-images-idx3-ubyte"), [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 9]);
        AssertFault("pictures of 1×1 pixels, expected 28×28");
    }

    [Fact]
    public void Too_few_pictures_for_a_validation_set_are_told()
    {
        Write(directory.Path, "train", [1]);
        Write(directory.Path, "t10k", [1]);
        AssertFault("1 training pictures, expected more than the 1");
    }

    private void AssertFault(string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => MnistFiles.Read(directory.Path, "mnist", 1)).Message, StringComparison.Ordinal);

    /// <summary>A pair of files whose pictures are filled with their label.</summary>
    private static void Write(string path, string part, byte[] labels)
    {
        var count = (byte)labels.Length;
        File.WriteAllBytes(Path.Combine(path, $"{part}-labels-idx1-ubyte"), [0, 0, 8, 1, 0, 0, 0, count, .. labels]);
        File.WriteAllBytes(Path.Combine(path, $"{part}-images-idx3-ubyte"),
            [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 28, 0, 0, 0, 28, .. labels.SelectMany(label => Enumerable.Repeat(label, Dataset.PictureLength))]);
    }
}
