namespace Rllc.Benchmarks.Steps;

/// <summary>
/// The 65 tensors of a ResNet-20 for CIFAR-10 (He et al., arXiv 1512.03385, shortcuts by projection), of 10 to 36,864 parameters:
/// what a model's parameters are like. They lie one after the other; only the last does not fill its last cache line.
/// </summary>
internal static class ResNet20
{
    private const int Classes = 10;

    /// <summary>The tensors' numbers of parameters.</summary>
    public static IReadOnlyList<long> Lengths { get; } =
        [.. Convolution(3, 16, 3), .. Stage(16, 16), .. Stage(16, 32), .. Stage(32, 64), 64 * Classes, Classes];

    /// <summary>n of all tensors.</summary>
    public static int Length { get; } = (int)Lengths.Sum();

    /// <summary>Where they are.</summary>
    public static IReadOnlyList<Range> Slices { get; } = [.. Lengths.Select((length, index) => Slice((int)Lengths.Take(index).Sum(), (int)length))];

    /// <summary>Three blocks of two convolutions.</summary>
    private static IEnumerable<long> Stage(int from, int to) =>
    [
        .. Convolution(from, to, 3),
        .. Enumerable.Repeat(Convolution(to, to, 3), 5).SelectMany(lengths => lengths),
        .. from == to ? [] : Convolution(from, to, 1),
    ];

    /// <summary>Its kernel, and the scale and shift of the normalization that follows.</summary>
    private static long[] Convolution(int from, int to, int size) => [(long)from * to * size * size, to, to];

    private static Range Slice(int first, int length) => first..(first + length);
}
