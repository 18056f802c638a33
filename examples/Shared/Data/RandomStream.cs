namespace Shared.Data;

/// <summary>
/// Random numbers that are the same on every machine and in every version of .NET (SplitMix64: Steele, Lea and Flood,
/// "Fast splittable pseudorandom number generators", 2014). One seed gives independent streams by purpose and index, so
/// that the n-th picture or epoch needs none of those before it.
/// </summary>
internal sealed class RandomStream(int seed, RandomPurpose purpose, int index = 0)
{
    private ulong state = Mix(Mix(Mix((ulong)(uint)seed) ^ (ulong)purpose) ^ (uint)index);

    public ulong Next() => Mix(state += 0x9E3779B97F4A7C15);

    /// <summary>Uniform in [0, 1), a multiple of 2⁻²⁴.</summary>
    public float NextUnit() => (Next() >> 40) * (1f / (1 << 24));

    /// <summary>Uniform in [low, high).</summary>
    public float NextBetween(float low, float high) => low + (high - low) * NextUnit();

    /// <summary>Uniform in 0 … count − 1.</summary>
    public int NextIndex(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>Normal with mean 0 and deviation 1 (Box and Muller).</summary>
    public float NextNormal() =>
        MathF.Sqrt(-2 * MathF.Log(1 - NextUnit())) * MathF.Cos(2 * MathF.PI * NextUnit());

    /// <summary>Puts the items in a random order (Fisher and Yates).</summary>
    public void Shuffle(Span<int> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextIndex(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

/// <summary>What a random stream is for; streams of different purposes are independent.</summary>
internal enum RandomPurpose
{
    Training = 1,
    Validation,
    Test,
    Parameters,
    BatchOrder,
    Augmentation,
}
