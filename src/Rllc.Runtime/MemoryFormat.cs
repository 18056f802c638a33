namespace Rllc;

/// <summary>What the numbers of M are kept in. Arithmetic is float32 in every format, sums and the law are float64.</summary>
public enum MemoryFormat
{
    /// <summary>Four bytes, 24 significant bits.</summary>
    Float32,

    /// <summary>
    /// Two bytes, 8 significant bits, rounded to the nearest (a tie to even): half the memory and half its traffic. A unit
    /// that changes by less than about 1/500 of itself in a step does not change at all, so slow units lag behind steady gradients.
    /// </summary>
    BFloat16,

    /// <summary>
    /// As <see cref="BFloat16"/>, but rounded up or down at random, with the odds that make the stored number right on average:
    /// nothing is lost for being small. The random bits are a function of step and position, so that runs can be repeated and
    /// resumed to the last bit.
    /// </summary>
    BFloat16Stochastic,
}
