extern alias generators;

using System.Globalization;
using generators::Rllc.Generators;
using Rllc.Generators.Tests.Rules;

namespace Rllc.Generators.Tests.Analysis;

public sealed class HyperparameterBoundsTests
{
    private const int UnitCount = 2;

    private static readonly double[] Numbers =
        [double.NegativeInfinity, -1, -double.Epsilon, -0.0, 0, double.Epsilon, 1, double.MaxValue, double.PositiveInfinity, double.NaN];

    public static TheoryData<string> Names => [.. typeof(HyperparametersAttribute).GetProperties()
        .Where(property => property.DeclaringType == typeof(HyperparametersAttribute))
        .Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_the_compiler_refuses_and_what_the_options_refuse_at_run_time_is_the_same(string name)
    {
        foreach (var value in ValuesOf(typeof(OptimizerOptions).GetProperty(name)!.PropertyType))
        {
            // Delayed timing is legal, but not with the default of SkipNonFinite.
            var skips = name is not (nameof(OptimizerOptions.SkipNonFinite) or nameof(OptimizerOptions.Timing));
            var options = new OptimizerOptions { SkipNonFinite = skips };
            typeof(OptimizerOptions).GetProperty(name)!.SetValue(options, value);
            var isRefused = Record.Exception(() => options.Validate(UnitCount)) is not null;
            var written = name == nameof(OptimizerOptions.SkipNonFinite) ? "" : $", SkipNonFinite = {Source(skips)}";

            var diagnostics = await RuleAssert.Project($$"""
                [Propagator("M(0.9) ⊕ M(0)"), Hyperparameters({{name}} = {{Source(value)}}{{written}})]
                sealed partial class MomentumMix;
                """).AnalyzeAsync(new PropagatorAnalyzer());

            Assert.True(isRefused == diagnostics.Length > 0, $"{name} = {Source(value)}");
        }
    }

    private static IEnumerable<object> ValuesOf(Type type) =>
        type == typeof(double) ? Numbers.Cast<object>()
        : type == typeof(int) ? [int.MinValue, -1, 0, 1, int.MaxValue]
        : type == typeof(bool) ? [false, true]
        : type.IsEnum ? Enumerable.Range(-1, 7).Select(value => Enum.ToObject(type, value))
        : [new double[] { 1 }, new double[] { 1, 0 }, new double[] { 0, double.NaN }, new double[] { 1, 2, 3 }];

    private static string Source(object value) => value switch
    {
        double.NaN => "double.NaN",
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        double number => number.ToString("R", CultureInfo.InvariantCulture) + "d",
        int number => number.ToString(CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        double[] law => $"new[] {{ {string.Join(", ", law.Select(coefficient => Source(coefficient)))} }}",
        _ => $"({value.GetType().Name})({Source(Convert.ToInt32(value, CultureInfo.InvariantCulture))})",
    };
}
