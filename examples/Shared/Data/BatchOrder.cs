namespace Shared.Data;

/// <summary>
/// Which pictures make up a batch: every epoch is a new shuffle without replacement, its last, partial batch dropped.
/// A batch depends on the seed and its iteration alone, so a resumed run sees what the uninterrupted one would have seen.
/// </summary>
internal sealed class BatchOrder(int seed, int count, int batch)
{
    private readonly int[] order = new int[count];
    private int shuffled = -1;

    /// <summary>Indices of the pictures of an iteration (0, 1, …); valid until the next call.</summary>
    public ReadOnlySpan<int> Batch(int iteration)
    {
        var (epoch, position) = Math.DivRem(iteration, count / batch);
        if (epoch != shuffled)
        {
            for (var i = 0; i < count; i++)
                order[i] = i;
            new RandomStream(seed, RandomPurpose.BatchOrder, epoch).Shuffle(order);
            shuffled = epoch;
        }

        return order.AsSpan(position * batch, batch);
    }
}
