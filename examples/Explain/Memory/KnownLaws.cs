using Rllc;
using Rllc.Spec;

namespace Explain.Memory;

/// <summary>A fixed law that makes a textbook optimizer of a memory (docs/gallery.md).</summary>
/// <param name="Optimizer">Its name.</param>
/// <param name="Law">L, one coefficient per memory unit.</param>
internal sealed record KnownLaw(string Optimizer, IReadOnlyList<double> Law);

/// <summary>The textbook optimizers that have a memory, as far as they are told by its propagators alone.</summary>
internal static class KnownLaws
{
    private const double Quasi = 0.7;

    /// <summary>All of them; none for most memories.</summary>
    /// <param name="memory">A memory with a spec.</param>
    public static IReadOnlyList<KnownLaw> Of(LinearMemory memory)
    {
        var blocks = memory.Spec!.Propagators;
        return blocks switch
        {
            [{ IsComplex: false, Order: 1, Real: 0 }] => [new("gradient descent", [1])],
            [{ IsComplex: false, Order: 1 } only] => [new("momentum", [1]), new("momentum as an average (damped)", [1 - only.Real])],
            [{ IsComplex: false, Order: 2, Real: 0 }] => [new("optimistic gradient", [2, -1])],
            [{ IsComplex: false, Order: 2, Real: var β }] => [new("double exponential average", [2 * (1 - β) - (1 - β) * (1 - β), -(1 - β) * (1 - β) * β])],
            [{ IsComplex: true, Order: 1 }] => [new("complex momentum, its real part", [1, 0])],
            _ when PairWithGradient(blocks) is var (momentum, gradient) => WithGradient(blocks[momentum].Real, momentum, gradient),
            _ when blocks.All(block => block is { IsComplex: false, Order: 1 }) => [new("aggregated momentum", [.. blocks.Select(_ => 1.0 / blocks.Length)])],
            _ => [],
        };
    }

    private static (int Momentum, int Gradient)? PairWithGradient(IReadOnlyList<Propagator> blocks) =>
        blocks is [{ IsComplex: false, Order: 1 } first, { IsComplex: false, Order: 1 } second]
            ? (first.Real, second.Real) switch
            {
                (not 0, 0) => (0, 1),
                (0, not 0) => (1, 0),
                _ => null,
            }
            : null;

    // Momentum with decay β, and the last gradient.
    private static KnownLaw[] WithGradient(double β, int momentum, int gradient)
    {
        return
        [
            new("Nesterov's accelerated gradient", Law(β, 1)),
            new(FormattableString.Invariant($"quasi-hyperbolic momentum, ν = {Quasi}"), Law(Quasi * (1 - β), 1 - Quasi)),
            new("aggregated momentum", [0.5, 0.5]),
        ];

        double[] Law(double ofMomentum, double ofGradient)
        {
            var law = new double[2];
            (law[momentum], law[gradient]) = (ofMomentum, ofGradient);
            return law;
        }
    }
}
