using Shared.Data;

namespace TorchResNet20.Data;

/// <summary>
/// How pictures become inputs: each channel normalised by the mean and deviation of CIFAR-10's training pictures; to learn from,
/// also augmented as by He et al. (arXiv 1512.03385, section 4.2): padded by four pixels, cropped at random, mirrored by chance.
/// </summary>
internal static class CifarInputs
{
    private const int Padding = 4;
    private static readonly float[] Mean = [0.49139968f, 0.48215841f, 0.44653091f];
    private static readonly float[] Deviation = [0.24703223f, 0.24348513f, 0.26158784f];

    /// <summary>The picture as it is.</summary>
    public static void Write(ReadOnlySpan<byte> picture, Span<float> inputs) => Write(picture, inputs, 0, 0, mirrored: false);

    /// <summary>The picture, moved and mirrored as the random numbers say; what comes in from outside is black, as before normalisation.</summary>
    public static void WriteAugmented(ReadOnlySpan<byte> picture, Span<float> inputs, RandomStream random) => Write(
        picture, inputs, random.NextIndex(2 * Padding + 1) - Padding, random.NextIndex(2 * Padding + 1) - Padding, random.NextIndex(2) == 1);

    private static void Write(ReadOnlySpan<byte> picture, Span<float> inputs, int down, int right, bool mirrored)
    {
        for (var i = 0; i < CifarSet.PictureLength; i++)
        {
            var (channel, pixel) = Math.DivRem(i, CifarSet.Side * CifarSet.Side);
            var (row, column) = Math.DivRem(pixel, CifarSet.Side);
            row += down;
            column = (mirrored ? CifarSet.Side - 1 - column : column) + right;
            var inside = (uint)row < CifarSet.Side && (uint)column < CifarSet.Side;
            var value = inside ? picture[(channel * CifarSet.Side + row) * CifarSet.Side + column] / 255f : 0;
            inputs[i] = (value - Mean[channel]) / Deviation[channel];
        }
    }
}
