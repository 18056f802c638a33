namespace Rllc.Benchmarks.Steps;

/// <summary>What a step costs the memory, in bytes per parameter, where nothing stays in a cache from one pass to the next.</summary>
/// <param name="Moved">Bytes that the loop reads and writes.</param>
/// <param name="Fetched">
/// Bytes of the lines that a core must wait for: those that are read, and those that are written without having been read, since a
/// processor fetches a line before it changes part of it. What is written back waits for nobody.
/// </param>
internal readonly record struct Traffic(int Moved, int Fetched)
{
    /// <summary>Of a loop over arrays of floats.</summary>
    public static Traffic OfFloats(int moved, int fetched) => new(sizeof(float) * moved, sizeof(float) * fetched);

    /// <summary>
    /// Of a step of a declared optimizer: what its cost table says is moved; fetched is what is left of that without the writes, of M
    /// and θ, whose lines were all read.
    /// </summary>
    public static Traffic Of(MemoryCost cost, LawTiming timing)
    {
        var moved = timing == LawTiming.Exact ? cost.BytesMovedExact : cost.BytesMovedDelayed;
        return new(moved, moved - cost.BytesOfMemory - sizeof(float));
    }
}
