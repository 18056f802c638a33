using System.Numerics;
using Explain.Memory;
using Explain.Report;

namespace Rllc.Examples.Tests.Explain;

public sealed class ResponsesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(2)]
    [InlineData(Math.PI)]
    public void Amplitudes_are_those_of_the_transfer_functions(double frequency)
    {
        var delay = Complex.Exp(new Complex(0, -frequency));
        var pole = 1 / (1 - 0.6 * delay);
        var turn = new Complex(0.3, 0.2);
        // CM adds up gradients turned by its argument: the real part and minus the imaginary part of them.
        var (forth, back) = (1 / (1 - turn * delay), 1 / (1 - Complex.Conjugate(turn) * delay));
        Complex[] expected = [1 / (1 - 0.9 * delay), pole, delay * pole * pole, (forth + back) / 2, (forth - back) / 2];

        var actual = FrequencyResponses.At(LinearMemory.Parse("M(0.9) ⊕ M2(0.6) ⊕ CM(0.3+0.2i)"), frequency);

        Assert.Equal(expected.Select(response => response.Magnitude), actual, (x, y) => Math.Abs(x - y) <= 1e-12 * x + 1e-12);
    }

    [Fact]
    public void A_sum_of_all_gradients_grows_without_bound_where_they_stay()
    {
        var memory = LinearMemory.Parse("M(1)");

        Assert.Equal(double.PositiveInfinity, Assert.Single(FrequencyResponses.At(memory, 0)));
        Assert.Equal(0.5, Assert.Single(FrequencyResponses.At(memory, Math.PI)), 12);
    }

    [Theory]
    [InlineData("M(0)", "gradient descent")]
    [InlineData("M(0.9)", "momentum")]
    [InlineData("M(0.8) ⊕ M(0)", "Nesterov's accelerated gradient")]
    [InlineData("M(0) ⊕ M(0.8)", "Nesterov's accelerated gradient")]
    [InlineData("M(0.8) ⊕ M(0)", "quasi-hyperbolic momentum, ν = 0.7")]
    [InlineData("M(0) ⊕ M(0.9) ⊕ M(0.99)", "aggregated momentum")]
    [InlineData("M2(0.8)", "double exponential average")]
    [InlineData("M2(0)", "optimistic gradient")]
    [InlineData("CM(0.3+0.2i)", "complex momentum, its real part")]
    public void A_known_law_does_what_its_textbook_does(string spec, string optimizer)
    {
        var memory = LinearMemory.Parse(spec);
        var law = KnownLaws.Of(memory).Single(law => law.Optimizer == optimizer).Law;
        var β = memory.SpectralRadius;

        var step = Textbook(optimizer, β);
        for (var t = 0; t < 30; t++)
            Assert.Equal(step(t == 0 ? 1 : 0), Enumerable.Range(0, memory.UnitCount).Sum(unit => law[unit] * memory.AbstractRule(unit, t)), 12);
    }

    [Fact]
    public void Of_most_memories_no_textbook_tells() => Assert.Empty(KnownLaws.Of(LinearMemory.Parse("M(0.9) ⊕ M2(0.6)")));

    [Fact]
    public void Of_a_declaration_the_generated_kernels_are_shown() => Assert.Contains(
        """
                    // M ← MB + gaᵀ
                    var new0 = TLanes.FusedMultiplyAdd(old0, b_0_9, gradient);
                    var new1 = gradient;
        """, GeneratedCode.OfKernels("M(0.9) ⊕ M(0)"), StringComparison.Ordinal);

    [Theory]
    [InlineData(new[] { 0.0, 1, 0.5, -1 }, -1, 1, "▅█▆▁")]
    [InlineData(new[] { 0.0, double.PositiveInfinity, 0 }, 0, 0, "▁ ▁")]
    public void A_curve_has_a_sign_for_each_value(double[] values, double low, double high, string expected) =>
        Assert.Equal(expected, SparkLine.Of(values, low, high));

    // What a gradient moves the parameters by, as the optimizers' authors write it.
    private static Func<double, double> Textbook(string optimizer, double β)
    {
        var (m, n, last) = (0.0, 0.0, 0.0);
        var averages = new double[3];
        var z = Complex.Zero;
        return optimizer switch
        {
            "gradient descent" => g => g,
            "momentum" => g => m = β * m + g,
            "Nesterov's accelerated gradient" => g => β * (m = β * m + g) + g,
            "quasi-hyperbolic momentum, ν = 0.7" => g => 0.3 * g + 0.7 * (m = β * m + (1 - β) * g),
            "aggregated momentum" => g =>
            {
                double[] decays = [0, 0.9, 0.99];
                for (var i = 0; i < 3; i++)
                    averages[i] = decays[i] * averages[i] + g;
                return averages.Sum() / 3;
            },
            "double exponential average" => g =>
            {
                m = β * m + (1 - β) * g;
                n = β * n + (1 - β) * m;
                return 2 * m - n;
            },
            "optimistic gradient" => g =>
            {
                var step = 2 * g - last;
                last = g;
                return step;
            },
            _ => g => (z = new Complex(0.3, 0.2) * z + g).Real,
        };
    }
}
