using Rllc;

namespace Explain.Memory;

/// <summary>What the units of a memory make of one gradient of 1: the weight that it has t steps later.</summary>
internal static class ImpulseResponses
{
    /// <summary>The weights of the first steps, unit by unit.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="steps">How many, from t = 0 on.</param>
    public static IReadOnlyList<double[]> Of(LinearMemory memory, int steps) =>
        [.. Enumerable.Range(0, memory.UnitCount).Select(unit => Enumerable.Range(0, steps).Select(lag => memory.AbstractRule(unit, lag)).ToArray())];
}
