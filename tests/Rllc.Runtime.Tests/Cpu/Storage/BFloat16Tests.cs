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
        short[] patterns = [.. Enumerable.Range(0, PatternCount).Select(pattern => (short)pattern)];
        Assert.Equal(patterns.Select(pattern => (uint)(ushort)pattern << 16), Loaded<Lanes512>(patterns));
        Assert.Equal(patterns.Select(pattern => (uint)(ushort)pattern << 16), Loaded<Lanes256>(patterns));
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
    public void Numbers_are_stored_where_they_belong_and_no_other_is_touched()
    {
        AssertStoresInPlace<Lanes512>((values, stored) => values.StoreNearest(ref stored[0], 3));
        AssertStoresInPlace<Lanes256>((values, stored) => values.StoreNearest(ref stored[0], 3));
        AssertStoresInPlace<Lanes512>((values, stored) => values.StoreDithered(ref stored[0], 3, dither: 12345));
        AssertStoresInPlace<Lanes256>((values, stored) => values.StoreDithered(ref stored[0], 3, dither: 12345));
    }

    [Fact]
    public void Vectors_of_both_widths_are_dithered_alike()
    {
        var values = Run.Numbers(Lanes512.Count, seed: 1);
        var (whole, halves) = (new short[16], new short[16]);
        for (var dither = 0; dither < 1000; dither++)
        {
            Lanes512.Load(ref values[0], 0).StoreDithered(ref whole[0], 0, dither);
            Lanes256.Load(ref values[0], 0).StoreDithered(ref halves[0], 0, dither);
            Lanes256.Load(ref values[0], 8).StoreDithered(ref halves[0], 8, dither);
            Assert.Equal(whole, halves);
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
        var (wide, narrow) = (new short[Lanes512.Count], new short[Lanes256.Count]);
        Lanes512.Create(value).StoreNearest(ref wide[0], 0);
        Lanes256.Create(value).StoreNearest(ref narrow[0], 0);
        Assert.Equal(-1, wide.AsSpan().IndexOfAnyExcept(narrow[0]));
        Assert.Equal(-1, narrow.AsSpan().IndexOfAnyExcept(narrow[0]));
        return (ushort)narrow[0];
    }

    /// <param name="value">The number.</param>
    /// <param name="random">The 16 bits that count.</param>
    private static int Dithered(float value, uint random)
    {
        var (wide, narrow) = (new short[Lanes512.Count], new short[Lanes256.Count]);
        // What the first number's place, 0, is hashed to these bits with.
        var dither = (int)InverseHash(random << 16);
        Lanes512.Create(value).StoreDithered(ref wide[0], 0, dither);
        Lanes256.Create(value).StoreDithered(ref narrow[0], 0, dither);
        Assert.Equal(narrow[0], wide[0]);
        return (ushort)narrow[0];
    }

    /// <summary>What <see cref="Dither.Hash(uint)"/> makes this number of.</summary>
    private static uint InverseHash(uint hash)
    {
        hash ^= hash >> 16;
        hash *= 0x43021123; // 0x846CA68B · this = 1 modulo 2³²
        hash ^= (hash >> 15) ^ (hash >> 30);
        hash *= 0x1D69E2A5; // 0x7FEB352D · this = 1
        return hash ^ (hash >> 16);
    }

    private static uint[] Loaded<TLanes>(short[] patterns) where TLanes : struct, ILanes<TLanes>
    {
        var numbers = new float[patterns.Length];
        for (var i = 0; i < patterns.Length; i += TLanes.Count)
            TLanes.Load(ref patterns[0], i).Store(ref numbers[0], i);
        return Array.ConvertAll(numbers, BitConverter.SingleToUInt32Bits);
    }

    private static void AssertStoresInPlace<TLanes>(Action<TLanes, short[]> store) where TLanes : struct, ILanes<TLanes>
    {
        const short untouched = 0x2BCD;
        float[] values = [.. Enumerable.Range(1, TLanes.Count).Select(i => (float)i)];
        var stored = Enumerable.Repeat(untouched, TLanes.Count + 8).ToArray();
        store(TLanes.Load(ref values[0], 0), stored);
        Assert.Equal(values, stored[3..(3 + TLanes.Count)].Select(bits => Single((ushort)bits)));
        Assert.All([.. stored[..3], .. stored[(3 + TLanes.Count)..]], bits => Assert.Equal(untouched, bits));
    }

    private static float Single(int bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);
}
