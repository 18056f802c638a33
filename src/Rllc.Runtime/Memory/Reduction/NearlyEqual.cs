using System.Collections.Immutable;

namespace Rllc;

/// <summary>Eigenvalues that float32 cannot tell apart, and the one that stands for them.</summary>
/// <param name="Given">The eigenvalues as they are; a single pair where it is nearly real.</param>
/// <param name="Merged">Their mean, with all their orders.</param>
internal sealed record NearlyEqual(ImmutableArray<Eigenvalue> Given, Eigenvalue Merged)
{
    /// <summary>
    /// How far apart eigenvalues must be, |λ−μ|/|1−λμ̄| from 0 to 1. At this distance the confluent block differs from them by less
    /// than float32 rounds, while cond(S) is beyond what sums of float32 products can resolve.
    /// </summary>
    public const double Distance = 1e-4;
}
