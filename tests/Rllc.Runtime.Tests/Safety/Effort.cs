namespace Rllc.Runtime.Tests.Safety;

/// <summary>How much the tests try: seconds' worth, or with RLLC_LONG=1 (./test.sh --long) what takes a while.</summary>
internal static class Effort
{
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("RLLC_LONG") == "1";

    /// <summary>A long run tries something else every time; RLLC_SEED repeats the seed that a failure names.</summary>
    public static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("RLLC_SEED"), out var seed) ? seed : IsLong ? Environment.TickCount : 1;

    public static int Of(int ordinary, int @long) => IsLong ? @long : ordinary;
}
