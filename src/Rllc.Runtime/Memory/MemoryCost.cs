namespace Rllc;

/// <summary>What a memory costs per parameter, counted as emitted kernels do it. Parameters and gradients are float32.</summary>
/// <param name="UnitCount">k, numbers of state.</param>
/// <param name="MultiplyAdds">
/// Arithmetic instructions in a step, a fused multiply-add counted as one: c and γ, scaling g and θ, MB + gaᵀ, ML. Zeros of B
/// and a cost nothing, ones no multiplication.
/// </param>
/// <param name="ElementBytes">Bytes of a number of M: 4 in float32.</param>
public sealed record MemoryCost(int UnitCount, int MultiplyAdds, int ElementBytes = sizeof(float))
{
    /// <summary>The same memory in bfloat16, with two bytes a number.</summary>
    public MemoryCost InBFloat16 => this with { ElementBytes = sizeof(ushort) };

    /// <summary>Bytes of state.</summary>
    public int BytesOfMemory => ElementBytes * UnitCount;

    /// <summary>
    /// Bytes read and written in a step with exact timing, in two passes: the first reads M and g, the second M, g and θ, and
    /// writes M and θ. That is 3k + 4 numbers. A unit that need not be read, as M(0) by the second pass, lies between others and
    /// comes along.
    /// </summary>
    public int BytesMovedExact => 3 * BytesOfMemory + 4 * sizeof(float);

    /// <summary>Bytes read and written in a step with delayed timing, in one pass: M, g and θ, M and θ. That is 2k + 3 numbers.</summary>
    public int BytesMovedDelayed => 2 * BytesOfMemory + 3 * sizeof(float);

    /// <summary>
    /// Bytes read and written in a step with a fixed law, in one pass: M, g and θ, M and θ. That is 2k + 3 numbers. Clipping, and
    /// skipping what is not finite, read g once more.
    /// </summary>
    public int BytesMovedFixed => BytesMovedDelayed;

    /// <summary>Arithmetic instructions in a step with a fixed law: without c and γ.</summary>
    public int MultiplyAddsFixed => MultiplyAdds - UnitCount - 1;

    internal static MemoryCost Of(LinearMemory memory)
    {
        var k = memory.UnitCount;
        var units = Enumerable.Range(0, k).ToArray();
        var propagation = units.Sum(unit =>
        {
            var coefficients = units.Select(old => memory.B[old, unit]).Append(memory.a[unit]).Where(x => x != 0).ToArray();
            return Math.Max(coefficients.Count(x => x != 1), coefficients.Length - 1);
        });
        return new(k, MultiplyAdds: k + 1 + 2 + propagation + k);
    }
}
