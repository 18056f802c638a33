namespace Rllc;

/// <summary>Room for a copy of every tensor.</summary>
internal sealed class TensorCopies
{
    private readonly float[][] _tensors;

    /// <summary>Allocates it, zeroed.</summary>
    /// <param name="lengths">The tensors' numbers of elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative, or more than an array can have.</exception>
    public TensorCopies(ReadOnlySpan<long> lengths)
    {
        foreach (var length in lengths)
            if (length < 0 || length > Array.MaxLength)
                throw new ArgumentOutOfRangeException(nameof(lengths), FormattableString.Invariant($"A tensor has 0 to {Array.MaxLength} parameters, not {length}."));
        _tensors = new float[lengths.Length][];
        for (var tensor = 0; tensor < lengths.Length; tensor++)
            _tensors[tensor] = new float[lengths[tensor]];
    }

    /// <summary>How many tensors there are.</summary>
    public int Count => _tensors.Length;

    /// <summary>The copy of one tensor.</summary>
    /// <param name="tensor">Which one.</param>
    public Span<float> this[int tensor] => _tensors[tensor];
}
