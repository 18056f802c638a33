using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace Rllc.Spec;

/// <summary>The rule about memories whose units are nearly linearly dependent: the law's correction is then mostly rounding.</summary>
internal static class Conditioning
{
    /// <summary>The cond(S) above which it is reported.</summary>
    private const double Limit = 1e3;

    /// <summary>Checks blocks that make up a legal memory. On the unit circle there is no S, and nothing to report.</summary>
    public static SpecDiagnostic? Check(ImmutableArray<SpecBlock> blocks)
    {
        if (blocks.Any(block => (float)block.Propagator.Modulus >= 1) || ConditionNumber(blocks) is not (> Limit and var condition))
        {
            return null;
        }

        // A complex block makes a pair with itself: of its eigenvalue and the conjugate.
        var (first, second) = blocks
            .SelectMany((block, i) => blocks.Take(block.Propagator.IsComplex ? i + 1 : i).Select(earlier => (earlier, block)))
            .OrderBy(pair => Distance(pair.earlier.Propagator, pair.block.Propagator))
            .DefaultIfEmpty((blocks[0], blocks[0]))
            .First();
        var pair = first == second ? $"'{first.CoreText}'" : $"'{first.CoreText}' and '{second.CoreText}'";
        var remedy = "a lower order or eigenvalues further apart would help";
        if (Distance(first.Propagator, second.Propagator) < 0.5 && Confluent(first.Propagator, second.Propagator) is { } confluent)
        {
            var improved = ConditionNumber(blocks.Remove(second).Remove(first).Add(first with { Propagator = confluent }));
            remedy = improved < condition ? $"with one block '{SpecPrinter.PrintCore(confluent)}' instead it is {Figure(improved)}" : remedy;
        }

        var arguments = ImmutableArray.Create(Figure(condition), pair, remedy);
        return new(SpecRules.IllConditioned, second.Source, second.Core, arguments);
    }

    private static double ConditionNumber(ImmutableArray<SpecBlock> blocks) =>
        LinearMemory.FromPropagators(blocks.Select(block => block.Propagator).ToImmutableArray()).ConditionNumber;

    /// <summary>
    /// How far apart the units of two eigenvalues are, from 0 to 1: their inner product under white gradients is 1/(1−λμ̄), which
    /// makes it |λ−μ|/|1−λμ̄|. The eigenvalues are those of positive imaginary part; a block and itself have the two of the block.
    /// </summary>
    private static double Distance(Propagator first, Propagator second)
    {
        var (λ, μ) = Eigenvalues(first, second);
        return (λ - μ).Magnitude / (1 - λ * Complex.Conjugate(μ)).Magnitude;
    }

    private static (Complex First, Complex Second) Eigenvalues(Propagator first, Propagator second)
    {
        var λ = new Complex(first.Real, Math.Abs(first.Imaginary));
        return (λ, first == second ? Complex.Conjugate(λ) : new(second.Real, Math.Abs(second.Imaginary)));
    }

    /// <summary>
    /// One block with as many units, or null: its eigenvalue is the mean, with no more digits than tell the two apart.
    /// </summary>
    private static Propagator? Confluent(Propagator first, Propagator second)
    {
        var (λ, μ) = Eigenvalues(first, second);
        if (λ == μ || first.IsComplex != second.IsComplex)
        {
            return null;
        }

        var order = first.Order + second.Order;
        var mean = (first.Order * λ + second.Order * μ) / order;
        var digits = Math.Min(15, 1 + Math.Max(0, (int)Math.Ceiling(-Math.Log10((λ - μ).Magnitude))));
        return first with
        {
            IsComplex = first != second && first.IsComplex,
            Order = order,
            Real = Math.Round(mean.Real, digits),
            Imaginary = Math.Round(mean.Imaginary, digits),
        };
    }

    private static string Figure(double condition) => condition.ToString(condition < 1e3 ? "0" : "0.#e0", CultureInfo.InvariantCulture);
}
