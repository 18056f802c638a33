extern alias generators;

using generators::Rllc.Generators;

namespace Rllc.Generators.Tests;

public sealed class GivenAnalysisTests
{
    [Fact]
    public void Whatever_the_entries_either_an_error_is_found_or_a_spec()
    {
        var random = new Random(1);
        for (var run = 0; run < 1000; run++)
        {
            var size = random.Next(1, 17);
            var (B, a) = (Entries(size * size, random), Entries(size, random));

            var analysis = GivenAnalysis.Of(new(B, a));

            Assert.Equal(analysis.Faults.Any(fault => fault.Rule.Severity == generators::Rllc.Spec.RuleSeverity.Error), analysis.Memory is null);
            Assert.Equal(analysis.Memory is null, analysis.Memory?.Reduction is null);
        }
    }

    // From ordinary ones to all that a double can be.
    private static EquatableArray<double> Entries(int count, Random random)
    {
        double[] special = [0, -0.0, 1, double.Epsilon, double.MaxValue, 1e-300, double.NaN];
        var range = random.Next(4) switch { 0 => 1, 1 => 10, 2 => 100, _ => 300 };
        return Enumerable.Range(0, count)
            .Select(_ => random.Next(4) == 0
                ? special[random.Next(special.Length - (range == 300 ? 0 : 1))]
                : (random.NextDouble() - 0.5) * Math.Pow(10, range * (2 * random.NextDouble() - 1)))
            .ToEquatableArray();
    }
}
