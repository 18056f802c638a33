using System.Numerics;
using System.Runtime.Intrinsics;

namespace Rllc.Runtime.Tests.Cpu.Storage;

public class DitherTests
{
    private const int Count = 1 << 16;

    [Fact]
    public void Different_counters_have_different_hashes() =>
        Assert.Equal(Count, Enumerable.Range(0, Count).Select(i => Hash((uint)i)).Distinct().Count());

    [Fact]
    public void A_changed_bit_of_the_counter_changes_every_bit_of_the_hash_in_about_half_of_all_cases()
    {
        for (var input = 0; input < 32; input++)
        {
            var changes = new int[32];
            for (var i = 0u; i < Count; i++)
            {
                var x = i * 0x9E3779B9;
                var difference = Hash(x) ^ Hash(x ^ (1u << input));
                for (var output = 0; output < 32; output++)
                    changes[output] += (int)(difference >> output) & 1;
            }
            // The hash is known to be off by less than 2 %; noise is 0.2 %.
            Assert.All(changes, change => Assert.InRange(change, 0.47 * Count, 0.53 * Count));
        }
    }

    [Fact]
    public void Seeds_of_steps_and_pieces_do_not_repeat()
    {
        var seeds =
            from step in Enumerable.Range(0, 256).Select(i => (long)i).Concat([255L << 32, 1L << 32, long.MaxValue])
            from piece in Enumerable.Range(0, 256)
            select Dither.Seed(step, piece);
        var distinct = seeds.Distinct().Count();
        // Of 66,000 random numbers of 32 bits half a pair is equal by chance.
        Assert.InRange(distinct, 259 * 256 - 5, 259 * 256);
    }

    [Fact]
    public void Neighbouring_steps_pieces_and_places_round_independently()
    {
        // The upper 16 bits are those that are added.
        AssertIndependent(i => Random(step: i, piece: 3, place: 5), i => Random(step: i + 1, piece: 3, place: 5));
        AssertIndependent(i => Random(step: 3, piece: i, place: 5), i => Random(step: 3, piece: i + 1, place: 5));
        AssertIndependent(i => Random(step: 3, piece: 5, place: i), i => Random(step: 3, piece: 5, place: i + 1));
        AssertIndependent(i => Random(step: i, piece: 0, place: 0), i => Random(step: 0, piece: i, place: 0));
    }

    [Fact]
    public void Every_lane_has_the_hash_of_its_own_counter()
    {
        var wide = Dither.Hash(Vector512<uint>.Indices * 77u);
        var narrow = Dither.Hash(Vector256<uint>.Indices * 77u);
        for (var lane = 0; lane < 16; lane++)
            Assert.Equal(Hash(77u * (uint)lane), wide[lane]);
        for (var lane = 0; lane < 8; lane++)
            Assert.Equal(Hash(77u * (uint)lane), narrow[lane]);
    }

    [Fact]
    public void The_hash_is_the_published_one() =>
        Assert.All(Enumerable.Range(0, 1000), i => Assert.Equal(Hash((uint)i * 0x9E3779B9), Dither.Hash((uint)i * 0x9E3779B9)));

    private static void AssertIndependent(Func<int, uint> x, Func<int, uint> y)
    {
        var (products, equalBits) = (0.0, 0L);
        for (var i = 0; i < Count; i++)
        {
            products += (x(i) / 65535.0 - 0.5) * (y(i) / 65535.0 - 0.5) * 12;
            equalBits += 16 - BitOperations.PopCount(x(i) ^ y(i));
        }
        // Five deviations.
        Assert.InRange(products / Count, -5 / Math.Sqrt(Count), 5 / Math.Sqrt(Count));
        Assert.InRange((double)equalBits / (16 * Count), 0.5 - 2.5 / Math.Sqrt(16 * Count), 0.5 + 2.5 / Math.Sqrt(16 * Count));
    }

    private static uint Random(int step, int piece, int place) => Hash((uint)place ^ (uint)Dither.Seed(step, piece)) >> 16;

    /// <summary>lowbias32 as it is published.</summary>
    private static uint Hash(uint x)
    {
        x ^= x >> 16;
        x *= 0x7FEB352D;
        x ^= x >> 15;
        x *= 0x846CA68B;
        return x ^ (x >> 16);
    }
}
