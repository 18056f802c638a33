namespace Rllc;

/// <summary>
/// The priorities of the entries of a buffer, for each tensor: the norm of the gradient (of all tensors) in the step an entry is of,
/// decayed in every step since. Entries stay where they are; a new one takes the place of the one with the smallest priority.
/// </summary>
/// <param name="tensorCount">Number of tensors.</param>
/// <param name="capacity">C, entries of each.</param>
/// <param name="decay">What priorities are multiplied with in a step.</param>
internal sealed class CriticalKeys(int tensorCount, int capacity, double decay)
{
    private readonly double[] _keys = new double[tensorCount * capacity];

    /// <summary>All priorities, tensor by tensor.</summary>
    public Span<double> All => _keys;

    /// <summary>Whether all of them are numbers that a run can go on with.</summary>
    public bool IsFinite => _keys.All(double.IsFinite);

    /// <summary>How many entries a tensor has after some steps: every step adds one until the buffer is full.</summary>
    public int Count(long steps) => (int)Math.Min(capacity, steps);

    /// <summary>Offers a tensor the entry of its next step, and decays all of its priorities, the new one too.</summary>
    /// <param name="tensor">Which tensor.</param>
    /// <param name="steps">Its steps so far.</param>
    /// <param name="key">The entry's priority.</param>
    /// <returns>The entry's place; −1 where the buffer is full of entries whose priorities are no smaller.</returns>
    public int Offer(int tensor, long steps, double key)
    {
        var keys = _keys.AsSpan(tensor * capacity, capacity);
        var place = steps < capacity ? (int)steps : PlaceOfLess(keys, key);
        if (place >= 0)
            keys[place] = key;
        foreach (ref var each in keys)
            each *= decay;
        return place;
    }

    private static int PlaceOfLess(ReadOnlySpan<double> keys, double key)
    {
        var smallest = 0;
        for (var i = 1; i < keys.Length; i++)
            if (keys[i] < keys[smallest])
                smallest = i;
        return key > keys[smallest] ? smallest : -1;
    }
}
