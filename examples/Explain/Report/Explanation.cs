using Explain.Memory;
using Rllc;

namespace Explain.Report;

/// <summary>All that there is to tell of a memory, computed once for text and page.</summary>
/// <param name="Memory">The memory, with a spec.</param>
/// <param name="Warnings">What its spec is warned of.</param>
internal sealed record Explanation(LinearMemory Memory, IReadOnlyList<string> Warnings)
{
    /// <summary>Number of steps of the impulse responses.</summary>
    public const int Steps = 48;

    private const int Frequencies = 48;

    /// <summary>The canonical spec.</summary>
    public string Spec => Memory.Spec!.ToString();

    /// <summary>The units' names.</summary>
    public IReadOnlyList<string> Names => [.. Memory.Units.Select(unit => unit.Name)];

    /// <summary>The weights of past gradients, unit by unit.</summary>
    public IReadOnlyList<double[]> Impulses { get; } = ImpulseResponses.Of(Memory, Steps);

    /// <summary>Frequencies as shares of half a swing per step.</summary>
    public static IReadOnlyList<double> FrequencyShares { get; } = [.. Enumerable.Range(0, Frequencies + 1).Select(i => (double)i / Frequencies)];

    /// <summary>Amplitudes in decibels by frequency, unit by unit.</summary>
    public IReadOnlyList<double[]> Decibels { get; } = ByUnit(Memory);

    /// <summary>The textbook optimizers with this memory.</summary>
    public IReadOnlyList<KnownLaw> KnownLaws { get; } = Explain.Memory.KnownLaws.Of(Memory);

    /// <summary>The generated kernels.</summary>
    public string Code { get; } = GeneratedCode.OfKernels(Memory.Spec!.ToString());

    private static List<double[]> ByUnit(LinearMemory memory)
    {
        var amplitudes = FrequencyShares.Select(share => FrequencyResponses.At(memory, Math.PI * share)).ToList();
        return [.. Enumerable.Range(0, memory.UnitCount).Select(unit => amplitudes.Select(at => FrequencyResponses.Decibels(at[unit])).ToArray())];
    }
}
