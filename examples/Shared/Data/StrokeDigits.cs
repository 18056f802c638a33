using System.Numerics;

namespace Shared.Data;

/// <summary>
/// Hand-written-looking digits drawn by the program, so that an experiment needs nothing from outside. A picture depends
/// on the seed and its own number alone: a way of writing the digit, its points jittered, a random affine map and a pen of
/// random width and ink, then stray marks and noise.
/// </summary>
internal static class StrokeDigits
{
    private const int PointsPerArc = 4;

    /// <summary>Draws a data set of the sizes that MNIST has (54,000 + 6,000 for training and validation, 10,000 for the test).</summary>
    public static DataSplit Draw(int seed, int training = 54_000, int validation = 6_000, int test = 10_000)
    {
        var learnt = Draw(seed, RandomPurpose.Training, training);
        return new("strokes", learnt, Draw(seed, RandomPurpose.Validation, validation), Draw(seed, RandomPurpose.Test, test),
            Normalization.Of(learnt));
    }

    private static Dataset Draw(int seed, RandomPurpose purpose, int count)
    {
        var pixels = new byte[count * Dataset.PictureLength];
        var labels = new byte[count];
        Parallel.For(0, count, index =>
        {
            var random = new RandomStream(seed, purpose, index);
            labels[index] = (byte)random.NextIndex(Dataset.Classes);
            DrawPicture(labels[index], random, pixels.AsSpan(index * Dataset.PictureLength, Dataset.PictureLength));
        });
        return new(pixels, labels);
    }

    private static void DrawPicture(int digit, RandomStream random, Span<byte> picture)
    {
        Span<float> ink = stackalloc float[Dataset.PictureLength];
        ink.Clear();
        var variants = DigitGlyphs.Variants[digit];
        var place = RandomPlace(random);
        var width = random.NextBetween(0.7f, 1.7f);
        var strength = random.NextBetween(0.4f, 1f);
        foreach (var stroke in variants[random.NextIndex(variants.Length)])
            DrawStroke(stroke, place, 0.04f, new(width, strength), random, ink);

        for (var marks = random.NextIndex(4); marks > 0; marks--)
        {
            Vector2[] mark = [RandomPoint(random), RandomPoint(random)];
            DrawStroke(mark, place, 0.05f, new(random.NextBetween(0.3f, 0.8f), random.NextBetween(0.2f, 0.7f)), random, ink);
        }

        var noise = random.NextBetween(0.05f, 0.4f);
        for (var i = 0; i < picture.Length; i++)
            picture[i] = (byte)(255 * Math.Clamp(ink[i] + noise * (random.NextUnit() + random.NextUnit() - 1), 0, 1));
    }

    /// <summary>From the glyph's unit square to the picture: a box of about 12 by 19 pixels, turned, slanted, stretched, moved.</summary>
    private static Matrix3x2 RandomPlace(RandomStream random) =>
        Matrix3x2.CreateTranslation(-0.5f, -0.5f)
        * Matrix3x2.CreateScale(random.NextBetween(8, 16), random.NextBetween(13, 21))
        * Matrix3x2.CreateSkew(random.NextBetween(-0.4f, 0.4f), 0)
        * Matrix3x2.CreateRotation(random.NextBetween(-0.4f, 0.4f))
        * Matrix3x2.CreateTranslation(14 + random.NextBetween(-3, 3), 14 + random.NextBetween(-3, 3));

    private static Vector2 RandomPoint(RandomStream random) => new(random.NextBetween(-0.2f, 1.2f), random.NextBetween(-0.1f, 1.1f));

    /// <summary>Draws a smooth curve (Catmull-Rom) through the jittered points.</summary>
    private static void DrawStroke(
        ReadOnlySpan<Vector2> points, Matrix3x2 place, float jitter, Pen pen, RandomStream random, Span<float> ink)
    {
        Span<Vector2> at = stackalloc Vector2[points.Length];
        for (var i = 0; i < points.Length; i++)
            at[i] = Vector2.Transform(points[i] + jitter * new Vector2(random.NextNormal(), random.NextNormal()), place);

        var from = at[0];
        for (var i = 0; i + 1 < at.Length; i++)
        {
            var before = at[Math.Max(i - 1, 0)];
            var after = at[Math.Min(i + 2, at.Length - 1)];
            for (var step = 1; step <= PointsPerArc; step++)
            {
                var to = Curve(before, at[i], at[i + 1], after, (float)step / PointsPerArc);
                pen.DrawSegment(from, to, ink);
                from = to;
            }
        }
    }

    private static Vector2 Curve(Vector2 before, Vector2 start, Vector2 end, Vector2 after, float t) =>
        start + 0.5f * t * (end - before
            + t * (2 * before - 5 * start + 4 * end - after
            + t * (3 * (start - end) + after - before)));

    /// <summary>A round pen.</summary>
    /// <param name="Radius">Half the line's width in pixels; its edge fades over one pixel.</param>
    /// <param name="Strength">How dark the line is; white paper is 0.</param>
    private readonly record struct Pen(float Radius, float Strength)
    {
        public void DrawSegment(Vector2 from, Vector2 to, Span<float> ink)
        {
            var reach = new Vector2(Radius + 0.5f);
            var low = Vector2.Clamp(Vector2.Min(from, to) - reach, Vector2.Zero, new(Dataset.Side));
            var high = Vector2.Clamp(Vector2.Max(from, to) + reach, Vector2.Zero, new(Dataset.Side));
            var along = to - from;
            var scale = 1 / MathF.Max(along.LengthSquared(), 1e-6f);
            for (var y = (int)low.Y; y < high.Y; y++)
            {
                for (var x = (int)low.X; x < high.X; x++)
                {
                    var pixel = new Vector2(x + 0.5f, y + 0.5f) - from;
                    var distance = (pixel - Math.Clamp(Vector2.Dot(pixel, along) * scale, 0, 1) * along).Length();
                    ref var drawn = ref ink[y * Dataset.Side + x];
                    drawn = MathF.Max(drawn, Strength * Math.Clamp(Radius + 0.5f - distance, 0, 1));
                }
            }
        }
    }
}
