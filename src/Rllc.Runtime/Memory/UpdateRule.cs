namespace Rllc;

/// <summary>
/// What an optimizer with a fixed law makes of past gradients, as a linear system with one input and one output: −Δθ/c₁ is
/// Σ hₜ·(the gradient of t steps ago) with the impulse response hₜ = aᵀBᵗL.
/// </summary>
/// <param name="memory">B and a.</param>
/// <param name="L">The law, one coefficient per memory unit.</param>
internal sealed class UpdateRule(LinearMemory memory, IReadOnlyList<double> L)
{
    // Far above the rounding of the closed form and of coefficients written as constant expressions.
    private const double Tolerance = 1e-12;

    /// <summary>hₜ.</summary>
    /// <param name="lag">t.</param>
    public double Weight(int lag) => Terms(lag).Sum();

    /// <summary>
    /// Where two rules differ first, and how; null where they are equal. Each response follows the linear recurrence of its
    /// characteristic polynomial (Cayley and Hamilton), and their difference that of the product of the two, of order k₁ + k₂: where
    /// that many terms vanish, all do.
    /// </summary>
    /// <param name="first">One rule.</param>
    /// <param name="second">The other.</param>
    public static (int Lag, double First, double Second)? FirstDifference(UpdateRule first, UpdateRule second)
    {
        for (var lag = 0; lag < first.UnitCount + second.UnitCount; lag++)
        {
            var (one, other) = (first.Weight(lag), second.Weight(lag));
            // Terms may cancel: what counts as rounding depends on their size, not on that of the sum.
            if (!(Math.Abs(one - other) <= Tolerance * Math.Max(first.Size(lag), second.Size(lag))))
                return (lag, one, other);
        }

        return null;
    }

    private int UnitCount => L.Count;

    private double Size(int lag) => Terms(lag).Sum(Math.Abs);

    private IEnumerable<double> Terms(int lag) => Enumerable.Range(0, UnitCount).Select(unit => memory.AbstractRule(unit, lag) * L[unit]);
}
