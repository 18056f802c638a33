using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests;

/// <summary>Buffers with <see cref="Compatibility.Reference"/>, against numbers that the authors' public program has printed.</summary>
public sealed class ReferenceTests
{
    private const string Source = """
        using Rllc;

        [AdamW(Beta2 = 0.99, Epsilon = 1e-3), CriticalMomenta(Capacity = 3, Decay = 0.8, Compatibility = Compatibility.Reference)]
        internal sealed partial class Momenta;

        [Adam(Beta2 = 0.99, Epsilon = 1e-3), CriticalGradients(Capacity = 3, Decay = 0.8, Compatibility = Compatibility.Reference)]
        internal sealed partial class Gradients;

        [AdamW(Beta2 = 0.99, Epsilon = 1e-3), CriticalMomenta(Capacity = 3, Decay = 0.8)]
        internal sealed partial class Own;

        internal static class Program
        {
            public static MomentOptimizer OfMomenta() => new Momenta([4, 3], new() { LearningRate = 0.05, WeightDecay = 0.1 });
            public static MomentOptimizer OfGradients() => new Gradients([4, 3], new() { LearningRate = 0.05, WeightDecay = 0.1 });
            public static MomentOptimizer OfOwn() => new Own([4, 3], new() { LearningRate = 0.05, WeightDecay = 0.1 });
        }
        """;

    private static readonly Type Program = ConsumerProject.Of(Source).Generate().Load().GetType("Program")!;

    // lr 0.05, betas 0.9 and 0.99, eps 1e-3, decay 0.8, topC 3, weight_decay 0.1, in PyTorch 1.13.1: after 1, 2 and 30 steps.
    private static readonly Dictionary<string, double[][]> Printed = new()
    {
        ["Momenta"] =
        [
            [0.995000005, 0.537600756, -0.414066106, -0.985042512, -0.650375366, 0.282243878, 0.955369413],
            [0.619010925, 0.163860798, -0.0413797498, -0.609041512, -0.276515096, -0.0902376473, 0.579564273],
            [-0.0212188624, 0.0476804301, 0.838604689, -0.2210228, -0.657551765, -0.498826534, 0.261459738],
        ],
        ["Gradients"] =
        [
            [0.950024605, 0.490320235, -0.36624378, -0.9400087, -0.603685677, 0.233682945, 0.910190344],
            [0.9050107, 0.441507727, -0.325417638, -0.892738461, -0.613921344, 0.190447301, 0.861477673],
            [0.520889282, 0.199209169, -0.00261930795, -0.528523743, -0.715108812, -0.115412638, 0.527575314],
        ],
    };

    [Theory]
    [InlineData("Momenta")]
    [InlineData("Gradients")]
    public void Steps_are_those_of_the_authors_program(string name)
    {
        var after = Run(name);

        Assert.All(Printed[name].Zip(new[] { 1, 2, 30 }), pair =>
            Assert.All(pair.First.Zip(after[pair.Second]), numbers => Assert.Equal(numbers.First, numbers.Second, 2e-6)));
    }

    [Fact]
    public void Without_it_the_first_step_is_one() =>
        Assert.All(Run("Own")[1].Zip(Printed["Momenta"][0]), pair => Assert.True(Math.Abs(pair.First - pair.Second) > 0.01));

    [Fact]
    public void A_checkpoint_of_the_other_buffer_is_refused_and_its_own_goes_on_with_the_same_bits()
    {
        using var optimizer = Create("Momenta");
        using var loaded = Create("Momenta");
        using var other = Create("Own");
        float[] first = Start(0, 4), second = Start(4, 3);
        for (var t = 1; t <= 6; t++)
            optimizer.Step([first, second], [Gradient(t, 0, 4), Gradient(t, 4, 3)]);
        using var file = new MemoryStream();
        optimizer.Save(file, ReadOnlySpan<float>.Empty);
        file.Position = 0;
        Assert.Contains("as in the authors' program", Assert.ThrowsAny<Exception>(() => other.Load(file)).Message, StringComparison.Ordinal);

        file.Position = 0;
        loaded.Load(file);
        float[] third = [.. first], fourth = [.. second];
        for (var t = 7; t <= 20; t++)
        {
            optimizer.Step([first, second], [Gradient(t, 0, 4), Gradient(t, 4, 3)]);
            loaded.Step([third, fourth], [Gradient(t, 0, 4), Gradient(t, 4, 3)]);
        }
        Assert.Equal([.. first, .. second], (float[])[.. third, .. fourth]);
    }

    private static Dictionary<int, float[]> Run(string name)
    {
        using var optimizer = Create(name);
        float[] first = Start(0, 4), second = Start(4, 3);
        var after = new Dictionary<int, float[]>();
        for (var t = 1; t <= 30; t++)
        {
            optimizer.Step([first, second], [Gradient(t, 0, 4), Gradient(t, 4, 3)]);
            after[t] = [.. first, .. second];
        }
        return after;
    }

    private static MomentOptimizer Create(string name) => (MomentOptimizer)Program.GetMethod($"Of{name}")!.Invoke(null, null)!;

    private static float[] Start(int first, int count) => [.. Enumerable.Range(first, count).Select(i => (float)Math.Cos(i))];

    private static float[] Gradient(int t, int first, int count)
    {
        var scale = 1 + t * 7 % 5 * (first == 0 ? 1 : t % 3);
        return [.. Enumerable.Range(first, count).Select(i => (float)(Math.Sin(1.3 * i + 0.7 * t) * scale))];
    }
}
