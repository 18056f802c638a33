namespace Rllc;

/// <summary>Refuses tensors and units that an optimizer does not have, with the same words on every host.</summary>
internal static class TensorArguments
{
    /// <summary>A single argument stands for a single tensor.</summary>
    /// <param name="lengths">The optimizer's tensors.</param>
    /// <param name="length">The argument's number of elements.</param>
    /// <param name="kind">What it is, a span or a view.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">The optimizer has several tensors, or another number of parameters.</exception>
    public static void CheckFlat(ReadOnlySpan<long> lengths, long length, string kind, string name)
    {
        if (lengths.Length != 1)
            throw new ArgumentException($"The optimizer has {lengths.Length} tensors: pass a list of as many.", name);
        CheckAll(lengths[0], length, kind, name);
    }

    /// <summary>An argument for all parameters.</summary>
    /// <param name="total">n.</param>
    /// <param name="length">The argument's number of elements.</param>
    /// <param name="kind">What it is, a span or a view.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">The optimizer has another number of parameters.</exception>
    public static void CheckAll(long total, long length, string kind, string name)
    {
        if (length != total)
            throw new ArgumentException($"The optimizer has {total} parameters, the {kind} {length} elements.", name);
    }

    /// <summary>A list of arguments, one for each tensor.</summary>
    /// <param name="lengths">The optimizer's tensors.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="name">The list's name.</param>
    /// <exception cref="ArgumentException">The optimizer has another number of tensors.</exception>
    public static void CheckCount(ReadOnlySpan<long> lengths, int count, string name)
    {
        if (count != lengths.Length)
            throw new ArgumentException($"The optimizer has {lengths.Length} tensors, not {count}.", name);
    }

    /// <summary>An argument of a list.</summary>
    /// <param name="lengths">The optimizer's tensors.</param>
    /// <param name="tensor">Which one.</param>
    /// <param name="length">The argument's number of elements.</param>
    /// <param name="name">The list's name.</param>
    /// <exception cref="ArgumentException">The tensor has another number of parameters.</exception>
    public static void CheckLength(ReadOnlySpan<long> lengths, int tensor, long length, string name)
    {
        if (length != lengths[tensor])
            throw new ArgumentException($"Tensor {tensor} has {lengths[tensor]} parameters, not {length}.", name);
    }

    /// <summary>An argument for one tensor's part of a unit.</summary>
    /// <param name="lengths">The optimizer's tensors.</param>
    /// <param name="tensor">Which one.</param>
    /// <param name="length">The argument's number of elements.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such tensor.</exception>
    /// <exception cref="ArgumentException">The tensor has another number of parameters.</exception>
    public static void CheckPart(ReadOnlySpan<long> lengths, int tensor, long length, string name)
    {
        CheckTensor(lengths, tensor);
        if (length != lengths[tensor])
            throw new ArgumentException($"Tensor {tensor} has {lengths[tensor]} parameters, the span {length} elements.", name);
    }

    /// <summary>The number of a tensor.</summary>
    /// <param name="lengths">The optimizer's tensors.</param>
    /// <param name="tensor">The number.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such tensor.</exception>
    public static void CheckTensor(ReadOnlySpan<long> lengths, int tensor)
    {
        if (tensor < 0 || tensor >= lengths.Length)
            throw new ArgumentOutOfRangeException(nameof(tensor), FormattableString.Invariant($"The optimizer has {lengths.Length} tensors, none with the number {tensor}."));
    }

    /// <summary>The number of a unit.</summary>
    /// <param name="unitCount">k.</param>
    /// <param name="unit">The number.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit.</exception>
    public static void CheckUnit(int unitCount, int unit)
    {
        if (unit < 0 || unit >= unitCount)
            throw new ArgumentOutOfRangeException(nameof(unit), FormattableString.Invariant($"The memory has the units 0 to {unitCount - 1}, not {unit}."));
    }
}
