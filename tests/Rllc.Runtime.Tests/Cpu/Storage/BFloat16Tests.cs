using System.Runtime.Intrinsics;

namespace Rllc.Runtime.Tests.Cpu.Storage;

public class BFloat16Tests
{
    private const int PatternCount = 1 << 16;

    // Below what is kept: nothing, the least, around a tie, the most.
    private static readonly uint[] Remainders = [0, 1, 0x7FFF, 0x8000, 0x8001, 0xFFFF];

    private static readonly uint[] Randoms = [0, 1, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF];

    [Fact]
    public void Every_pattern_is_loaded_as_the_upper_half_of_a_float32()
    {
        ushort[] patterns = [.. Enumerable.Range(0, PatternCount).Select(pattern => (ushort)pattern)];
        for (var i = 0; i < PatternCount; i += Lanes.Count)
        {
            var loaded = BFloat16.Load(ref patterns[0], i).AsUInt32();
            for (var lane = 0; lane < Lanes.Count; lane++)
                Assert.Equal((uint)patterns[i + lane] << 16, loaded[lane]);
        }
    }

    [Fact]
    public void Every_pattern_is_stored_as_it_was_loaded_whatever_the_rounding()
    {
        for (var pattern = 0; pattern < PatternCount; pattern++)
        {
            var value = BitConverter.UInt32BitsToSingle((uint)pattern << 16);
            if (float.IsNaN(value))
                continue;
            Assert.Equal(pattern, Nearest(value));
            foreach (var random in Randoms)
                Assert.Equal(pattern, Dithered(value, random));
        }
    }

    [Fact]
    public void Around_every_pattern_the_nearest_is_the_one_that_plain_arithmetic_finds()
    {
        for (var pattern = 0u; pattern < PatternCount; pattern++)
            foreach (var remainder in Remainders)
            {
                var value = BitConverter.UInt32BitsToSingle(pattern << 16 | remainder);
                if (float.IsNaN(value))
                    continue;
                var expected = NearestByArithmetic(value);
                Assert.Equal(expected, Single(Nearest(value)));
                Assert.Equal(expected, BFloat16.Nearest(value));
                Assert.Equal(float.IsNegative(value), float.IsNegative(Single(Nearest(value))));
            }
    }

    [Theory]
    [InlineData(0x3F808000u, 0x3F80)] // a tie below an odd one goes down to the even one
    [InlineData(0x3F818000u, 0x3F82)] // and above an odd one up
    [InlineData(0xBF818000u, 0xBF82)]
    [InlineData(0x00008000u, 0x0000)] // denormals
    [InlineData(0x00008001u, 0x0001)]
    [InlineData(0x007FFFFFu, 0x0080)]
    [InlineData(0x7F7F7FFFu, 0x7F7F)] // the last that stays finite
    [InlineData(0x7F7F8000u, 0x7F80)] // what rounds to infinity, as in IEEE 754
    [InlineData(0x7F7FFFFFu, 0x7F80)]
    [InlineData(0x80000000u, 0x8000)]
    public void The_nearest_of_chosen_numbers_is_as_it_should_be(uint bits, int expected) =>
        Assert.Equal(expected, Nearest(BitConverter.UInt32BitsToSingle(bits)));

    [Fact]
    public void A_NaN_stays_one_whatever_its_payload_and_the_rounding()
    {
        foreach (var sign in new[] { 0u, 0x80000000u })
            foreach (var payload in new[] { 1u, 0x7FFFu, 0x8000u, 0xFFFFu, 0x10000u, 0x3FFFFFu, 0x400000u, 0x7F8000u, 0x7FFFFFu })
            {
                var value = BitConverter.UInt32BitsToSingle(sign | 0x7F800000u | payload);
                Assert.True(float.IsNaN(value));
                Assert.True(float.IsNaN(Single(Nearest(value))));
                Assert.True(float.IsNaN(BFloat16.Nearest(value)));
                foreach (var random in Randoms)
                    Assert.True(float.IsNaN(Single(Dithered(value, random))));
            }
    }

    [Fact]
    public void A_dithered_number_is_one_of_its_two_neighbours_with_the_odds_that_make_it_right_on_average()
    {
        foreach (var pattern in new[] { 0u, 1u, 0x7Fu, 0x3F80u, 0x40FFu, 0x7F7Eu, 0x8001u, 0xBF80u, 0xFF7Eu })
            foreach (var remainder in Remainders)
            {
                var value = BitConverter.UInt32BitsToSingle(pattern << 16 | remainder);
                var up = 0u;
                for (var random = 0u; random < PatternCount; random++)
                {
                    var stored = (uint)Dithered(value, random);
                    Assert.InRange(stored, pattern, pattern + 1);
                    up += stored - pattern;
                }
                // Over all random numbers of 16 bits the mean is exact.
                Assert.Equal(remainder, up);
            }
    }

    [Fact]
    public void Sixteen_numbers_are_stored_where_they_belong_and_no_other_is_touched()
    {
        var values = Vector512.Create(1f, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
        foreach (var dithered in new[] { false, true })
        {
            var stored = Enumerable.Repeat((ushort)0xABCD, 24).ToArray();
            if (dithered)
                BFloat16.StoreDithered(values, Vector512.Create(uint.MaxValue), ref stored[0], 3);
            else
                BFloat16.StoreNearest(values, ref stored[0], 3);
            Assert.Equal(Enumerable.Range(1, 16).Select(i => (float)i), stored[3..19].Select(bits => Single(bits)));
            Assert.All([.. stored[..3], .. stored[19..]], bits => Assert.Equal(0xABCD, bits));
        }
    }

    /// <summary>By distances in float64, in which all numbers and differences are exact.</summary>
    private static float NearestByArithmetic(float value)
    {
        var magnitude = Math.Abs((double)value);
        if (double.IsInfinity(magnitude))
            return value;
        // Eight significant bits: 2⁻⁷ of the power of two below; denormals have the spacing of the least normal number.
        var spacing = Math.ScaleB(1, Math.Max(magnitude == 0 ? -126 : Math.ILogB(magnitude), -126) - 7);
        var rounded = Math.Round(magnitude / spacing, MidpointRounding.ToEven) * spacing;
        return (float)Math.CopySign(rounded >= Math.ScaleB(1, 128) ? double.PositiveInfinity : rounded, value);
    }

    private static int Nearest(float value)
    {
        var stored = new ushort[Lanes.Count];
        BFloat16.StoreNearest(Vector512.Create(value), ref stored[0], 0);
        return TheOne(stored);
    }

    /// <param name="value">The number.</param>
    /// <param name="random">The 16 bits that count.</param>
    private static int Dithered(float value, uint random)
    {
        var stored = new ushort[Lanes.Count];
        BFloat16.StoreDithered(Vector512.Create(value), Vector512.Create(random << 16), ref stored[0], 0);
        return TheOne(stored);
    }

    private static int TheOne(ushort[] stored)
    {
        Assert.Equal(-1, stored.AsSpan().IndexOfAnyExcept(stored[0]));
        return stored[0];
    }

    private static float Single(int bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);
}
