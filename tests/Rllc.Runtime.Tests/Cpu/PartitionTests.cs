namespace Rllc.Runtime.Tests.Cpu;

public class PartitionTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 16)]
    [InlineData(16, 1, 16)]
    [InlineData(Partition.ChunkLength, 1, Partition.ChunkLength)]
    [InlineData(Partition.ChunkLength + 1, 2, Partition.ChunkLength + 16)]
    [InlineData(10_000, 3, 10_000)]
    public void A_length_takes_as_many_chunks_and_rows_as_it_needs(int length, int chunkCount, int rows)
    {
        var partition = new Partition([length]);
        Assert.Equal((length, chunkCount, rows), (partition.Length, partition.Chunks.Length, partition.Rows));
    }

    [Fact]
    public void Chunks_cover_every_tensor_once_and_begin_on_tiles_of_their_own()
    {
        long[] lengths = [5, 0, 9000, Partition.ChunkLength, 1];
        var partition = new Partition(lengths);
        Assert.Equal(lengths, partition.Lengths);
        var row = 0L;
        foreach (var chunk in partition.Chunks)
        {
            Assert.Equal(row, chunk.Row);
            Assert.InRange(chunk.Count, 1, Partition.ChunkLength);
            row += (chunk.Count + 15) / 16 * 16;
        }
        Assert.Equal(partition.Rows, row);
        foreach (var (tensor, length) in lengths.Index())
        {
            var offset = 0L;
            foreach (var chunk in partition.Chunks)
                if (chunk.Tensor == tensor)
                {
                    Assert.Equal(offset, chunk.Offset);
                    offset += chunk.Count;
                }
            Assert.Equal(length, offset);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Shares_are_equal_to_within_a_chunk_and_cover_everything(int workers)
    {
        var partition = new Partition([.. Enumerable.Range(0, 65).Select(i => 37L * i * i % 20_000)]);
        Assert.Equal(0, partition.Share(0, workers));
        Assert.Equal(partition.Chunks.Length, partition.Share(workers, workers));
        for (var worker = 0; worker < workers; worker++)
        {
            var rows = Row(partition, partition.Share(worker + 1, workers)) - Row(partition, partition.Share(worker, workers));
            Assert.InRange(rows, partition.Rows / workers - Partition.ChunkLength, partition.Rows / workers + Partition.ChunkLength);
        }
    }

    [Fact]
    public void Rows_and_offsets_are_counted_beyond_2_to_the_31()
    {
        const long half = 3L << 30;
        var partition = new Partition([half, 1, half + 5]);
        Assert.Equal(2 * half + 6, partition.Length);
        Assert.Equal(2 * half + 32, partition.Rows);
        var last = partition.Chunks[^1];
        Assert.Equal(new Chunk(2, half, 5, half + 16 + half), last);
        var row = 0L;
        foreach (var chunk in partition.Chunks)
        {
            Assert.True(chunk.Row == row && chunk.Offset <= half);
            row += (chunk.Count + 15) / 16 * 16;
        }
        // The second worker's share begins at a half of 6 billion rows.
        Assert.InRange(partition.Chunks[partition.Share(1, 2)].Row - partition.Rows / 2, 0, Partition.ChunkLength);
    }

    private static long Row(Partition partition, int chunk) => chunk == partition.Chunks.Length ? partition.Rows : partition.Chunks[chunk].Row;
}
