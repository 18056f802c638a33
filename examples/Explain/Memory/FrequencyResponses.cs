using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Rllc;

namespace Explain.Memory;

/// <summary>What the units of a memory make of gradients that swing: how many times as far they swing themselves.</summary>
internal static class FrequencyResponses
{
    /// <summary>The amplitudes |H(ω)| of all units, H(ω) = (I − e^(−iω)Bᵀ)⁻¹a; infinite where B has the eigenvalue e^(iω).</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="frequency">ω in radians per step, 0 for a gradient that stays and π for one that changes its sign in every step.</param>
    public static double[] At(LinearMemory memory, double frequency)
    {
        var delay = Complex.Exp(new Complex(0, -frequency));
        var system = CreateMatrix.Dense(memory.UnitCount, memory.UnitCount,
            (row, column) => (row == column ? Complex.One : Complex.Zero) - delay * memory.B[column, row]);
        var input = CreateVector.Dense(memory.UnitCount, unit => new Complex(memory.a[unit], 0));
        return [.. system.Solve(input).Select(response => double.IsFinite(response.Magnitude) ? response.Magnitude : double.PositiveInfinity)];
    }

    /// <summary>An amplitude in decibels.</summary>
    public static double Decibels(double amplitude) => 20 * Math.Log10(amplitude);
}
