namespace TorchResNet20.Data;

/// <summary>Labelled colour pictures of 32×32 pixels: a byte per pixel, all red ones of a picture first, then green, then blue, row by row.</summary>
/// <param name="Pixels">All pictures one after the other.</param>
/// <param name="Labels">The class of each picture, 0 to 9.</param>
internal sealed record CifarSet(byte[] Pixels, byte[] Labels)
{
    /// <summary>Width and height of a picture.</summary>
    public const int Side = 32;

    /// <summary>Red, green and blue.</summary>
    public const int Channels = 3;

    /// <summary>Bytes of a picture.</summary>
    public const int PictureLength = Channels * Side * Side;

    /// <summary>Number of classes.</summary>
    public const int Classes = 10;

    public int Count => Labels.Length;

    public ReadOnlySpan<byte> Picture(int index) => Pixels.AsSpan(index * PictureLength, PictureLength);

    /// <summary>The pictures from <paramref name="start"/> on, as a set of their own.</summary>
    public CifarSet Slice(int start, int count) => new(
        Pixels.AsSpan(start * PictureLength, count * PictureLength).ToArray(), Labels.AsSpan(start, count).ToArray());
}
