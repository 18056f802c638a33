using static System.FormattableString;

namespace Rllc.Benchmarks.Roofline;

/// <summary>What a run's own figures say about a goal that is missed.</summary>
internal static class Explanation
{
    /// <summary>More time than so many Adams: because more is fetched, or because it is fetched more slowly?</summary>
    public static string OfTime(Measurement m)
    {
        var atAdamsRate = (double)m.Step.Traffic.Fetched / m.Adam.Traffic.Fetched;
        return Invariant(
            $"fetches {m.Step.Traffic.Fetched} bytes where Adam fetches {m.Adam.Traffic.Fetched}: {atAdamsRate:0.00} × at Adam's rate, and it has {atAdamsRate / m.ToAdam:P0} of that; ")
            + Invariant($"reading alone fetches {m.Reading.Fetched:0} GB/s, Adam {m.Adam.Fetched:0}, this {m.Step.Fetched:0}");
    }

    /// <summary>Fewer bytes moved in a second than the triad: because more of them are fetched, or because they are fetched more slowly?</summary>
    public static string OfRate(Measurement m)
    {
        double moved = (double)m.Step.Traffic.Moved / m.Step.Traffic.Fetched, triadMoved = (double)m.Triad.Traffic.Moved / m.Triad.Traffic.Fetched;
        return Invariant(
            $"moves {moved:0.00} bytes for one that it fetches, the triad {triadMoved:0.00}: {moved / triadMoved:P0} at the triad's rate of fetching, {m.Triad.Fetched:0} GB/s; this fetches {m.Step.Fetched:0}");
    }

    /// <summary>Little gained from a second thread.</summary>
    public static string OfSecondThread(Measurement one, Measurement two) => Invariant(
        $"fetches {one.Step.Fetched:0} GB/s on one thread and {two.Step.Fetched:0} on two, Adam {one.Adam.Fetched:0} and {two.Adam.Fetched:0}, reading alone {one.Reading.Fetched:0} and {two.Reading.Fetched:0}");

    /// <summary>Something allocates.</summary>
    public static string OfAllocation(Measurement m) =>
        Invariant($"{m.Contender.Name} {m.Contender.Timing}, {m.Contender.Format}, n = {m.N}, {m.Threads} threads");
}
