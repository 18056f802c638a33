using System.Numerics.Tensors;

namespace Shared.Data;

/// <summary>Labelled grey pictures of one size, a byte per pixel, row by row.</summary>
/// <param name="Pixels">All pictures one after the other.</param>
/// <param name="Labels">The class of each picture, 0 to 9.</param>
internal sealed record Dataset(byte[] Pixels, byte[] Labels)
{
    /// <summary>Width and height of a picture.</summary>
    public const int Side = 28;

    /// <summary>Pixels of a picture.</summary>
    public const int PictureLength = Side * Side;

    /// <summary>Number of classes.</summary>
    public const int Classes = 10;

    public int Count => Labels.Length;

    public ReadOnlySpan<byte> Picture(int index) => Pixels.AsSpan(index * PictureLength, PictureLength);

    /// <summary>The pictures from <paramref name="start"/> on, as a set of their own.</summary>
    public Dataset Slice(int start, int count) => new(
        Pixels.AsSpan(start * PictureLength, count * PictureLength).ToArray(), Labels.AsSpan(start, count).ToArray());
}

/// <summary>How pixels become inputs: (p/255 − mean) / deviation.</summary>
/// <param name="Mean">Mean of all training pixels, white being 1.</param>
/// <param name="Deviation">Their standard deviation.</param>
internal sealed record Normalization(float Mean, float Deviation)
{
    /// <summary>Writes a picture's pixels as inputs of the network.</summary>
    public void Apply(ReadOnlySpan<byte> picture, Span<float> inputs)
    {
        TensorPrimitives.ConvertTruncating(picture, inputs);
        TensorPrimitives.Multiply(inputs, 1 / (255 * Deviation), inputs);
        TensorPrimitives.Add(inputs, -Mean / Deviation, inputs);
    }

    /// <summary>Mean and deviation of the pixels of a set.</summary>
    public static Normalization Of(Dataset data)
    {
        var histogram = new long[256];
        foreach (var pixel in data.Pixels)
            histogram[pixel]++;
        double sum = 0, squares = 0;
        for (var value = 0; value < histogram.Length; value++)
        {
            sum += histogram[value] * (value / 255.0);
            squares += histogram[value] * (value / 255.0) * (value / 255.0);
        }

        var mean = sum / data.Pixels.Length;
        return new((float)mean, (float)Math.Sqrt(squares / data.Pixels.Length - mean * mean));
    }
}

/// <summary>A data set as an experiment uses it: what it learns from, what it is watched on, and what it is judged on.</summary>
/// <param name="Name">The name for reports.</param>
/// <param name="Training">Pictures the network learns from.</param>
/// <param name="Validation">Pictures for watching a run; never learnt from.</param>
/// <param name="Test">Pictures for the final figure only.</param>
/// <param name="Normalization">How pixels become inputs.</param>
internal sealed record DataSplit(string Name, Dataset Training, Dataset Validation, Dataset Test, Normalization Normalization);
