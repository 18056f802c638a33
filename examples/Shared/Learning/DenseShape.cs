using Shared.Data;

namespace Shared.Learning;

/// <summary>The paper's dense network, whoever computes it: how wide its layers are, what it starts from, how large its batches are.</summary>
internal static class DenseShape
{
    /// <summary>Samples of a step.</summary>
    public const int Batch = 128;

    /// <summary>Inputs, hidden units of each layer, classes.</summary>
    public static IReadOnlyList<int> Widths { get; } = [Dataset.PictureLength, 128, 128, 128, Dataset.Classes];

    /// <summary>
    /// Weights and biases uniform in ±1/√inputs, as torch's nn.Linear starts: layer by layer each W (inputs×outputs, row by row)
    /// before its b.
    /// </summary>
    public static float[] InitialParameters(int seed, IReadOnlyList<int> widths)
    {
        var random = new RandomStream(seed, RandomPurpose.Parameters);
        var parameters = new List<float>();
        for (var layer = 0; layer + 1 < widths.Count; layer++)
        {
            var bound = 1 / MathF.Sqrt(widths[layer]);
            for (var i = (widths[layer] + 1) * widths[layer + 1]; i > 0; i--)
                parameters.Add(random.NextBetween(-bound, bound));
        }

        return [.. parameters];
    }
}
