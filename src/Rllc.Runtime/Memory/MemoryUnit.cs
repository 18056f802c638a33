using System.Collections.Immutable;

namespace Rllc;

/// <summary>One unit of a linear memory: a weighted sum of all past gradients.</summary>
/// <param name="Name">The name of its coefficient in the law.</param>
/// <param name="Block">The propagator it belongs to, counted from 0; 0 for every unit of a memory without a spec.</param>
/// <param name="HalfLife">
/// After how many steps the weights of all older gradients have half the 2-norm that all weights have: ln ½ / ln β for M(β), 0
/// for M(0). Infinite where the block does not forget (spectral radius 1).
/// </param>
/// <param name="DcGain">
/// The sum of the weights, what a constant gradient of 1 makes of the unit in the long run: 1/(1−β) for M(β). Infinite where the
/// block does not forget.
/// </param>
public sealed record MemoryUnit(string Name, int Block, double HalfLife, double DcGain)
{
    /// <summary>The units of one block.</summary>
    internal static IEnumerable<MemoryUnit> Of(LinearMemory block, int index, ImmutableArray<string> names)
    {
        var forgets = block.SpectralRadius < Stationary.Marginal;
        var gains = forgets
            ? block.a * (SquareMatrix.Identity(block.UnitCount) - block.B).Inverse()
            : ImmutableArray<double>.Empty;
        for (var unit = 0; unit < block.UnitCount; unit++)
            yield return forgets
                ? new(names[unit], index, ComputeHalfLife(block, unit), gains[unit])
                : new(names[unit], index, double.PositiveInfinity, double.PositiveInfinity);
    }

    private static double ComputeHalfLife(LinearMemory block, int unit)
    {
        // The squared weights of age t and more add up to ((Bᵀ)ᵗSBᵗ)ᵢᵢ, which falls with t: find where, by powers of two.
        double TailEnergy(SquareMatrix power) => (power.Transpose() * block.S * power)[unit, unit];

        var target = TailEnergy(SquareMatrix.Identity(block.UnitCount)) / 4;
        if (target == 0)
            return 0;

        var powers = new List<SquareMatrix>();
        for (var power = block.B; TailEnergy(power) > target; power *= power)
            powers.Add(power);

        var (steps, reached) = (0L, SquareMatrix.Identity(block.UnitCount));
        for (var j = powers.Count - 1; j >= 0; j--)
            if (reached * powers[j] is var next && TailEnergy(next) > target)
                (steps, reached) = (steps + (1L << j), next);

        var (above, below) = (TailEnergy(reached), TailEnergy(reached * block.B));
        return steps + Math.Log(above / target) / Math.Log(above / below);
    }
}
