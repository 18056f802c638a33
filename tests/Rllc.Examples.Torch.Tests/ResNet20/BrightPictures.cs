using Shared.Data;
using TorchResNet20.Data;

namespace Rllc.Examples.Torch.Tests.ResNet20;

/// <summary>Pictures of noise that are the brighter the higher their class: easily learnt, and quickly.</summary>
internal static class BrightPictures
{
    public static CifarSet Draw(int count)
    {
        var random = new RandomStream(1, RandomPurpose.Training);
        var labels = Enumerable.Range(0, count).Select(i => (byte)(i % 2 * 9)).ToArray();
        return new([.. labels.SelectMany(label => Enumerable.Range(0, CifarSet.PictureLength).Select(_ => (byte)(label * 20 + random.NextIndex(60))))], labels);
    }

    /// <summary>Writes a training file and the test file into a directory.</summary>
    public static void Write(string directory, int training, int test)
    {
        Write(Path.Combine(directory, "data_batch_1.bin"), Draw(training));
        Write(Path.Combine(directory, "test_batch.bin"), Draw(test));
    }

    private static void Write(string path, CifarSet set) => File.WriteAllBytes(
        path, [.. Enumerable.Range(0, set.Count).SelectMany(i => (byte[])[set.Labels[i], .. set.Picture(i)])]);
}
