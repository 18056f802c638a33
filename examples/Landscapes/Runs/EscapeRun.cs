using Landscapes.Functions;
using Landscapes.Optimizers;

namespace Landscapes.Runs;

/// <summary>How often an optimizer that comes down a slope passes a well, by the well's sharpness.</summary>
/// <param name="rate">The learning rate of all optimizers.</param>
/// <param name="steps">Steps of each run.</param>
/// <param name="starts">Random starts for each sharpness.</param>
/// <param name="seed">What the starts follow from.</param>
internal sealed class EscapeRun(double rate, int steps, int starts, int seed)
{
    /// <summary>The sharpnesses, from a well as wide as the way to it to one that a step can jump: powers of two.</summary>
    public static IReadOnlyList<double> Sharpnesses { get; } = [.. Enumerable.Range(0, 13).Select(power => Math.Pow(2, power))];

    /// <summary>For each sharpness, the share of starts from which an optimizer ended beyond the well.</summary>
    public IReadOnlyList<(double Sharpness, double Escaped)> Of(Contender contender) =>
        [.. Sharpnesses.Select(sharpness => (sharpness, Escaped(contender, new SharpWell(sharpness))))];

    private double Escaped(Contender contender, SharpWell well) =>
        Starts.Draw(well, starts, seed).Average(start => Trajectory.Follow(contender, rate, well, start, steps).End[0] > well.Edge ? 1.0 : 0.0);
}
