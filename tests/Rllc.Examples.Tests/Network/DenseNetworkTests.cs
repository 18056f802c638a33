using Quickstart.Network;

namespace Rllc.Examples.Tests.Network;

public class DenseNetworkTests
{
    private static readonly int[] Widths = [19, 23, 11, 7];

    [Fact]
    public void The_gradient_is_the_one_of_finite_differences()
    {
        const int Samples = 21;
        var network = new DenseNetwork(32, 2, Widths);
        var parameters = network.InitialParameters(3);
        var labels = FillInputs(network, Samples);
        var gradient = new float[parameters.Length];

        var result = network.Differentiate(parameters, labels, gradient);

        var exact = Array.ConvertAll(parameters, value => (double)value);
        var inputs = network.Inputs.ToArray();
        Assert.Equal(Loss(exact, inputs, labels), result.Loss, 1e-6);
        for (var i = 0; i < exact.Length; i++)
        {
            const double Step = 1e-5;
            var at = exact[i];
            exact[i] = at + Step;
            var above = Loss(exact, inputs, labels);
            exact[i] = at - Step;
            var below = Loss(exact, inputs, labels);
            exact[i] = at;
            Assert.Equal((above - below) / (2 * Step), gradient[i], 1e-6);
        }
    }

    [Fact]
    public void Results_are_the_same_bits_for_every_number_of_threads()
    {
        const int Samples = 100;
        var results = new[] { 1, 2, 5 }.Select(threads =>
        {
            var network = new DenseNetwork(128, threads, Widths);
            var parameters = network.InitialParameters(1);
            var labels = FillInputs(network, Samples);
            var gradient = new float[parameters.Length];
            return (Result: network.Differentiate(parameters, labels, gradient), Gradient: gradient);
        }).ToList();

        Assert.All(results, other =>
        {
            Assert.Equal(results[0].Result, other.Result);
            Assert.Equal(results[0].Gradient, other.Gradient);
        });
    }

    [Fact]
    public void Evaluation_agrees_with_the_forward_pass_of_training()
    {
        var network = new DenseNetwork(64, 1, Widths);
        var parameters = network.InitialParameters(1);
        var labels = FillInputs(network, 50);

        var trained = network.Differentiate(parameters, labels, new float[parameters.Length]);

        Assert.Equal(trained, network.Evaluate(parameters, labels));
        Assert.Equal(50, trained.Samples);
        Assert.InRange(trained.Correct, 0, 50);
    }

    [Fact]
    public void Large_scores_overflow_neither_loss_nor_gradient()
    {
        var network = new DenseNetwork(16, 1, Widths);
        var parameters = Array.ConvertAll(network.InitialParameters(1), value => 100 * value);
        var labels = FillInputs(network, 16);
        var gradient = new float[parameters.Length];

        Assert.True(double.IsFinite(network.Differentiate(parameters, labels, gradient).Loss));
        Assert.All(gradient, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Parameters_start_within_one_over_the_root_of_the_inputs()
    {
        var parameters = new DenseNetwork(1, 1, 100, 64, 10).InitialParameters(1);

        Assert.Equal(101 * 64 + 65 * 10, parameters.Length);
        Assert.InRange(parameters.Take(101 * 64).Max(MathF.Abs), 0.099f, 0.1f);
        Assert.InRange(parameters.Skip(101 * 64).Max(MathF.Abs), 0.12f, 0.125f);
        Assert.InRange(parameters.Take(101 * 64).Average(), -0.003f, 0.003f);
    }

    private static byte[] FillInputs(DenseNetwork network, int samples)
    {
        var random = new Random(5);
        foreach (ref var input in network.Inputs[..(samples * Widths[0])])
            input = random.NextSingle() * 4 - 2;
        return [.. Enumerable.Range(0, samples).Select(_ => (byte)random.Next(Widths[^1]))];
    }

    /// <summary>The mean loss again, in double and as plainly as possible.</summary>
    private static double Loss(double[] parameters, float[] inputs, byte[] labels)
    {
        var loss = 0.0;
        for (var sample = 0; sample < labels.Length; sample++)
        {
            var values = inputs.Skip(sample * Widths[0]).Take(Widths[0]).Select(value => (double)value).ToArray();
            var start = 0;
            for (var layer = 1; layer < Widths.Length; layer++)
            {
                var (count, weights, before) = (Widths[layer], start, values);
                var biases = weights + before.Length * count;
                var last = layer == Widths.Length - 1;
                values = [.. Enumerable.Range(0, count).Select(output =>
                {
                    var sum = parameters[biases + output];
                    for (var input = 0; input < before.Length; input++)
                        sum += before[input] * parameters[weights + input * count + output];
                    return last ? sum : Math.Max(sum, 0);
                })];
                start = biases + count;
            }

            loss += Math.Log(values.Sum(Math.Exp)) - values[labels[sample]];
        }

        return loss / labels.Length;
    }
}
