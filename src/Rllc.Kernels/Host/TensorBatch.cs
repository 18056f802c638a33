namespace Rllc.Kernels;

/// <summary>
/// Some entries of the table of tensors, as an argument of a kernel: a launch copies its arguments, so that nothing has to stay
/// as it is until the device comes to it.
/// </summary>
internal struct TensorBatch
{
    /// <summary>Number of entries.</summary>
    public const int Length = 16;

    // Fields, not an array, so that a thread keeps them in registers.
    private DeviceTensor _0, _1, _2, _3, _4, _5, _6, _7, _8, _9, _10, _11, _12, _13, _14, _15;

    /// <summary>A batch of up to <see cref="Length"/> entries.</summary>
    public static TensorBatch Of(ReadOnlySpan<DeviceTensor> entries) => new()
    {
        _0 = At(entries, 0),
        _1 = At(entries, 1),
        _2 = At(entries, 2),
        _3 = At(entries, 3),
        _4 = At(entries, 4),
        _5 = At(entries, 5),
        _6 = At(entries, 6),
        _7 = At(entries, 7),
        _8 = At(entries, 8),
        _9 = At(entries, 9),
        _10 = At(entries, 10),
        _11 = At(entries, 11),
        _12 = At(entries, 12),
        _13 = At(entries, 13),
        _14 = At(entries, 14),
        _15 = At(entries, 15),
    };

    /// <summary>An entry, for a thread of its own.</summary>
    /// <param name="index">0 to <see cref="Length"/> − 1.</param>
    public readonly DeviceTensor this[int index] => index switch
    {
        0 => _0,
        1 => _1,
        2 => _2,
        3 => _3,
        4 => _4,
        5 => _5,
        6 => _6,
        7 => _7,
        8 => _8,
        9 => _9,
        10 => _10,
        11 => _11,
        12 => _12,
        13 => _13,
        14 => _14,
        _ => _15,
    };

    private static DeviceTensor At(ReadOnlySpan<DeviceTensor> entries, int index) => index < entries.Length ? entries[index] : default;
}
