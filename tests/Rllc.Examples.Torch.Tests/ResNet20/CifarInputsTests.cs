using Shared.Data;
using TorchResNet20.Data;

namespace Rllc.Examples.Torch.Tests.ResNet20;

public sealed class CifarInputsTests
{
    private static readonly byte[] Picture = [.. Enumerable.Range(0, CifarSet.PictureLength).Select(i => (byte)(1 + i * 7 % 255))];

    [Fact]
    public void Channels_are_normalised_by_means_and_deviations_of_their_own()
    {
        var inputs = new float[CifarSet.PictureLength];

        CifarInputs.Write(Enumerable.Repeat((byte)255, inputs.Length).ToArray(), inputs);

        Assert.Equal((1 - 0.49139968f) / 0.24703223f, inputs[0], 1e-6f);
        Assert.Equal((1 - 0.48215841f) / 0.24348513f, inputs[1024], 1e-6f);
        Assert.Equal((1 - 0.44653091f) / 0.26158784f, inputs[^1], 1e-6f);
    }

    [Fact]
    public void Augmentation_follows_from_the_seed_alone()
    {
        Assert.Equal(Augmented(1, 5), Augmented(1, 5));
        Assert.True(Enumerable.Range(0, 20).Select(seed => Augmented(seed, 5)).Distinct(new SameValues()).Count() > 15);
    }

    [Fact]
    public void Every_augmented_picture_is_one_of_the_81_crops_or_its_mirror_image()
    {
        var seen = new HashSet<(int, int, bool)>();
        for (var index = 0; index < 300; index++)
        {
            var actual = Augmented(3, index);
            var match = from down in Enumerable.Range(-4, 9)
                        from right in Enumerable.Range(-4, 9)
                        from mirrored in new[] { false, true }
                        where actual.SequenceEqual(Expected(down, right, mirrored))
                        select (down, right, mirrored);
            seen.Add(match.First());
        }

        Assert.Contains(seen, crop => crop.Item3);
        Assert.Contains(seen, crop => !crop.Item3);
        Assert.True(seen.Select(crop => (crop.Item1, crop.Item2)).Distinct().Count() > 60);
    }

    private static float[] Augmented(int seed, int index)
    {
        var inputs = new float[CifarSet.PictureLength];
        CifarInputs.WriteAugmented(Picture, inputs, new RandomStream(seed, RandomPurpose.Augmentation, index));
        return inputs;
    }

    /// <summary>Pads, crops and mirrors one after the other, then normalises as the picture as it is would be.</summary>
    private static float[] Expected(int down, int right, bool mirrored)
    {
        var padded = new byte[3, 40, 40];
        for (var i = 0; i < Picture.Length; i++)
            padded[i / 1024, 4 + i / 32 % 32, 4 + i % 32] = Picture[i];
        var cropped = new byte[Picture.Length];
        for (var i = 0; i < cropped.Length; i++)
            cropped[i] = padded[i / 1024, 4 + down + i / 32 % 32, 4 + right + (mirrored ? 31 - i % 32 : i % 32)];
        var inputs = new float[cropped.Length];
        CifarInputs.Write(cropped, inputs);
        return inputs;
    }

    private sealed class SameValues : IEqualityComparer<float[]>
    {
        public bool Equals(float[]? x, float[]? y) => x!.AsSpan().SequenceEqual(y);

        public int GetHashCode(float[] values) => values[0].GetHashCode();
    }
}
