using Landscapes.Functions;

namespace Landscapes.Runs;

/// <summary>Random starts in a landscape's window: the same for every optimizer.</summary>
internal static class Starts
{
    /// <summary>The starts that follow from a seed.</summary>
    public static IReadOnlyList<double[]> Draw(Landscape landscape, int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => landscape.Window.Select(range => range.Low + (range.High - range.Low) * random.NextDouble()).ToArray())];
    }
}
