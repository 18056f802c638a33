namespace Rllc;

/// <summary>
/// Float32 numbers that a memory rule is written for: a vector of them on the CPU, four or one on a device. Every operation is done
/// number by number, so that a rule of them is one for each parameter alone.
/// </summary>
/// <typeparam name="TSelf">The type that a rule is generic in.</typeparam>
public interface INumbers<TSelf> where TSelf : struct, INumbers<TSelf>
{
    /// <summary>Zeros.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>One number everywhere.</summary>
    /// <param name="value">The number.</param>
    static abstract TSelf Create(float value);

    /// <summary>x·y + z; rounded once where the processor can.</summary>
    /// <param name="x">A factor.</param>
    /// <param name="y">A factor.</param>
    /// <param name="z">A summand.</param>
    static abstract TSelf FusedMultiplyAdd(TSelf x, TSelf y, TSelf z);

    /// <summary>√x.</summary>
    /// <param name="x">Numbers that are at least 0.</param>
    static abstract TSelf Sqrt(TSelf x);

    /// <summary>|x|.</summary>
    /// <param name="x">Numbers.</param>
    static abstract TSelf Abs(TSelf x);

    /// <summary>1 where x is above 0, −1 where it is below, 0 elsewhere.</summary>
    /// <param name="x">Numbers.</param>
    static abstract TSelf Sign(TSelf x);

    /// <summary>The smaller one: x where it is below y, y elsewhere.</summary>
    /// <param name="x">Numbers.</param>
    /// <param name="y">Numbers.</param>
    static abstract TSelf Min(TSelf x, TSelf y);

    /// <summary>The larger one: x where it is above y, y elsewhere.</summary>
    /// <param name="x">Numbers.</param>
    /// <param name="y">Numbers.</param>
    static abstract TSelf Max(TSelf x, TSelf y);

    /// <summary>−x.</summary>
    static abstract TSelf operator -(TSelf x);

    /// <summary>x + y.</summary>
    static abstract TSelf operator +(TSelf x, TSelf y);

    /// <summary>x − y.</summary>
    static abstract TSelf operator -(TSelf x, TSelf y);

    /// <summary>x·y.</summary>
    static abstract TSelf operator *(TSelf x, TSelf y);

    /// <summary>x/y.</summary>
    /// <param name="x">The dividends.</param>
    /// <param name="y">The divisors.</param>
    static abstract TSelf operator /(TSelf x, TSelf y);
}
