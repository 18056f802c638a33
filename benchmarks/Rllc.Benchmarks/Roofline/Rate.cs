using Rllc.Benchmarks.Steps;

namespace Rllc.Benchmarks.Roofline;

/// <summary>How fast a loop went.</summary>
/// <param name="Traffic">Bytes per parameter.</param>
/// <param name="N">n.</param>
/// <param name="Seconds">Median seconds of a step.</param>
internal sealed record Rate(Traffic Traffic, int N, double Seconds)
{
    /// <summary>10⁹ bytes moved in a second.</summary>
    public double Moved => 1e-9 * Traffic.Moved * N / Seconds;

    /// <summary>10⁹ bytes fetched in a second.</summary>
    public double Fetched => 1e-9 * Traffic.Fetched * N / Seconds;
}
