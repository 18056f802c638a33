using System.Runtime.InteropServices;

namespace Rllc.Runtime.Tests.Cpu;

public unsafe class TiledMemoryTests
{
    private const int Length = 4500;

    public static TheoryData<MemoryFormat> Formats => [.. Enum.GetValues<MemoryFormat>()];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Tiles_are_aligned_and_zero(MemoryFormat format)
    {
        var partition = new Partition([Length, 3]);
        using var memory = new TiledMemory(3, partition.Rows, format);
        Assert.Equal(0, (nint)memory.At<byte>(0) % 64);
        Assert.Equal(-1, new Span<byte>(memory.At<byte>(0), (int)partition.Rows * 3 * memory.ElementBytes).IndexOfAnyExcept((byte)0));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_is_written_to_one_unit_of_one_chunk_is_read_there_and_changes_no_other(MemoryFormat format)
    {
        var partition = new Partition([Length, 0, 3]);
        using var memory = new TiledMemory(3, partition.Rows, format);
        foreach (var (chunk, unit) in Places(partition))
            memory.WriteBytes(chunk, unit, Bytes(chunk, unit, memory.ElementBytes));
        foreach (var (chunk, unit) in Places(partition))
        {
            var bytes = new byte[chunk.Count * memory.ElementBytes];
            memory.ReadBytes(chunk, unit, bytes);
            Assert.Equal(Bytes(chunk, unit, memory.ElementBytes), bytes);
        }
    }

    [Fact]
    public void A_tile_holds_16_elements_of_each_unit_in_turn()
    {
        using var memory = new TiledMemory(2, 32, MemoryFormat.Float32);
        var partition = new Partition([32]);
        for (var unit = 0; unit < 2; unit++)
            memory.WriteBytes(partition.Chunks[0], unit, MemoryMarshal.AsBytes(Enumerable.Range(0, 32).Select(i => 100f * unit + i).ToArray().AsSpan()));
        var expected = Enumerable.Range(0, 16).Concat(Enumerable.Range(100, 16)).Concat(Enumerable.Range(16, 16)).Concat(Enumerable.Range(116, 16));
        Assert.Equal(expected.Select(i => (float)i), new Span<float>(memory.At<float>(0), 64).ToArray());
        Assert.Equal(16, memory.At<float>(16)[0]);
    }

    [Fact]
    public void Bfloat16_is_read_as_the_upper_half_of_a_float32()
    {
        var partition = new Partition([20]);
        using var memory = new TiledMemory(2, partition.Rows, MemoryFormat.BFloat16);
        var bits = Enumerable.Range(0x3F80, 20).Select(i => (ushort)i).ToArray();
        memory.WriteBytes(partition.Chunks[0], 1, MemoryMarshal.AsBytes(bits.AsSpan()));
        var values = new float[20];
        memory.Read(partition.Chunks[0], 1, values);
        Assert.Equal(bits.Select(b => BitConverter.UInt32BitsToSingle((uint)b << 16)), values);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_exact_Gram_matrix_is_that_of_the_units(MemoryFormat format)
    {
        var partition = new Partition([Length]);
        using var memory = new TiledMemory(3, partition.Rows, format);
        var (pairs, gram) = (new double[6], new double[9]);
        foreach (var chunk in partition.Chunks)
        {
            for (var unit = 0; unit < 3; unit++)
                memory.WriteBytes(chunk, unit, Constant(unit + 1, chunk.Count, memory.ElementBytes));
            switch (format)
            {
                case MemoryFormat.Float32:
                    ExactGram.OfChunk(ref *memory.At<Float32Element>(chunk.Row), 3, 3, chunk.Count, pairs);
                    break;
                case MemoryFormat.BFloat16:
                    ExactGram.OfChunk(ref *memory.At<BFloat16Element>(chunk.Row), 3, 3, chunk.Count, pairs);
                    break;
                default:
                    ExactGram.OfChunk(ref *memory.At<BFloat16StochasticElement>(chunk.Row), 3, 3, chunk.Count, pairs);
                    break;
            }
        }
        ExactGram.Unfold(pairs, 3, gram);
        Assert.Equal([4500, 9000, 13500, 9000, 18000, 27000, 13500, 27000, 40500], gram);
    }

    [Fact]
    public void Disposing_twice_frees_once()
    {
        var memory = new TiledMemory(1, 112, MemoryFormat.Float32);
        memory.Dispose();
        memory.Dispose();
        Assert.True(memory.IsClosed);
    }

    private static IEnumerable<(Chunk Chunk, int Unit)> Places(Partition partition) =>
        from chunk in partition.Chunks.ToArray()
        from unit in Enumerable.Range(0, 3)
        select (chunk, unit);

    private static byte[] Bytes(Chunk chunk, int unit, int elementBytes)
    {
        var bytes = new byte[chunk.Count * elementBytes];
        new Random((int)chunk.Row * 3 + unit).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Constant(float value, int count, int elementBytes) =>
        [.. Enumerable.Repeat(BitConverter.GetBytes(value)[(4 - elementBytes)..], count).SelectMany(bytes => bytes)];
}
