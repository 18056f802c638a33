namespace Rllc;

/// <summary>What a memory costs per parameter, counted as emitted kernels do it.</summary>
/// <param name="UnitCount">k, floats of state.</param>
/// <param name="FloatsMovedExact">Floats read and written in a step with exact timing (two passes): at most 3k + 4.</param>
/// <param name="FloatsMovedDelayed">Floats read and written in a step with delayed timing (one pass): 2k + 3.</param>
/// <param name="MultiplyAdds">
/// Arithmetic instructions in a step, a fused multiply-add counted as one: c and γ, scaling g and θ, MB + gaᵀ, ML. Zeros of B
/// and a cost nothing, ones no multiplication.
/// </param>
public sealed record MemoryCost(int UnitCount, int FloatsMovedExact, int FloatsMovedDelayed, int MultiplyAdds)
{
    /// <summary>Bytes of state per parameter: 4k.</summary>
    public int BytesPerParameter => sizeof(float) * UnitCount;

    internal static MemoryCost Of(LinearMemory memory)
    {
        var k = memory.UnitCount;
        var units = Enumerable.Range(0, k).ToArray();
        // A unit that no new unit is made from, like M(0), is not read again by the second pass.
        var read = units.Count(old => units.Any(unit => memory.B[old, unit] != 0));
        var propagation = units.Sum(unit =>
        {
            var coefficients = units.Select(old => memory.B[old, unit]).Append(memory.a[unit]).Where(x => x != 0).ToArray();
            return Math.Max(coefficients.Count(x => x != 1), coefficients.Length - 1);
        });
        return new(
            k,
            FloatsMovedExact: k + 1 + (read + 2) + (k + 1),
            FloatsMovedDelayed: k + 2 + (k + 1),
            MultiplyAdds: k + 1 + 2 + propagation + k);
    }
}
