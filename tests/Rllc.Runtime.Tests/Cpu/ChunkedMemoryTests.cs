namespace Rllc.Runtime.Tests.Cpu;

public unsafe class ChunkedMemoryTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(ChunkedMemory.ChunkLength, 1)]
    [InlineData(ChunkedMemory.ChunkLength + 1, 2)]
    [InlineData(10_000, 3)]
    public void A_length_takes_as_many_chunks_as_it_needs(int length, int chunkCount)
    {
        using var memory = new ChunkedMemory(3, length);
        Assert.Equal(chunkCount, memory.ChunkCount);
        Assert.Equal(length, Enumerable.Range(0, chunkCount).Sum(memory.Count));
    }

    [Fact]
    public void Chunks_are_aligned_zero_and_apart()
    {
        using var memory = new ChunkedMemory(3, 10_000);
        for (var chunk = 0; chunk < 3; chunk++)
        {
            Assert.Equal(0, (nint)memory.Chunk(chunk) % 64);
            Assert.Equal(-1, new Span<float>(memory.Chunk(chunk), 3 * ChunkedMemory.ChunkLength).IndexOfAnyExcept(0));
            for (var unit = 0; unit < 3; unit++)
                memory.Unit(chunk, unit).Fill(10 * chunk + unit + 1);
        }
        for (var chunk = 0; chunk < 3; chunk++)
            for (var unit = 0; unit < 3; unit++)
            {
                Assert.Equal(-1, memory.Unit(chunk, unit).IndexOfAnyExcept(10 * chunk + unit + 1));
                Assert.Equal(10 * chunk + unit + 1, memory.Chunk(chunk)[unit * ChunkedMemory.ChunkLength]);
            }
    }

    [Fact]
    public void The_exact_Gram_matrix_is_that_of_the_units()
    {
        using var memory = new ChunkedMemory(3, 4500);
        var (pairs, sums, gram) = (new double[6], new double[6], new double[9]);
        for (var chunk = 0; chunk < 2; chunk++)
        {
            for (var unit = 0; unit < 3; unit++)
                memory.Unit(chunk, unit).Fill(unit + 1);
            ExactGram.OfChunk(memory, chunk, pairs);
            for (var i = 0; i < 6; i++)
                sums[i] += pairs[i];
        }
        ExactGram.Unfold(sums, 3, gram);
        Assert.Equal([4500, 9000, 13500, 9000, 18000, 27000, 13500, 27000, 40500], gram);
    }

    [Fact]
    public void Disposing_twice_frees_once()
    {
        var memory = new ChunkedMemory(1, 100);
        memory.Dispose();
        memory.Dispose();
        Assert.True(memory.IsClosed);
    }
}
