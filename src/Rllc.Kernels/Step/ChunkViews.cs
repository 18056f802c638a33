using System.ComponentModel;
using ILGPU;

namespace Rllc.Kernels;

/// <summary>
/// A chunk of a tensor, as the threads of a group work on it: four elements at a time (quads) as far as its alignment allows,
/// the rest one by one. A tensor without a gradient has neither.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct ChunkViews
{
    internal ArrayView<float> Addresses;
    internal ArrayView<byte> M;
    internal long Parameters;
    internal long Gradient;
    internal long Row;
    internal long Rows;
    internal int Dither;

    /// <summary>Number of elements.</summary>
    public int Count { readonly get; internal set; }

    /// <summary>How many quads come before the elements that are taken one by one.</summary>
    public int Quads { readonly get; internal set; }

    /// <summary>The tensor's c₁ as a share of the highest one.</summary>
    public float Rate { readonly get; internal set; }

    /// <summary>1 − c₁ · weight decay of the tensor.</summary>
    public float Decay { readonly get; internal set; }

    /// <summary>Where a chunk is in its tensor and in M, and how much of it there is.</summary>
    internal static ChunkViews Of(DeviceChunk chunk, DeviceTensor tensor)
    {
        var count = tensor.Gradient == 0 ? 0 : chunk.Count;
        // Chunks begin at multiples of 16 in their tensors, and M is aligned anyway.
        var isAligned = ((tensor.Parameters | tensor.Gradient) & 3) == 0;
        return new()
        {
            Parameters = tensor.Parameters + chunk.Offset,
            Gradient = tensor.Gradient + chunk.Offset,
            Row = chunk.Row,
            Count = count,
            Quads = isAligned ? count >> 2 : 0,
            Rate = tensor.Rate,
            Decay = tensor.Decay,
        };
    }

    /// <summary>The raw gradient of an element.</summary>
    /// <param name="index">Which element.</param>
    public readonly float LoadGradient(int index) => Addresses[Gradient + index];

    /// <summary>The raw gradient of a quad.</summary>
    /// <param name="index">Which quad.</param>
    public readonly Float4 LoadGradient4(int index) => Addresses.Cast<Float4>()[(Gradient >> 2) + index];

    /// <summary>The parameter of an element.</summary>
    /// <param name="index">Which element.</param>
    public readonly float LoadParameter(int index) => Addresses[Parameters + index];

    /// <summary>The parameters of a quad.</summary>
    /// <param name="index">Which quad.</param>
    public readonly Float4 LoadParameter4(int index) => Addresses.Cast<Float4>()[(Parameters >> 2) + index];

    /// <summary>Writes the parameter of an element.</summary>
    /// <param name="index">Which element.</param>
    /// <param name="value">θ.</param>
    public readonly void StoreParameter(int index, float value) => Addresses[Parameters + index] = value;

    /// <summary>Writes the parameters of a quad.</summary>
    /// <param name="index">Which quad.</param>
    /// <param name="values">θ.</param>
    public readonly void StoreParameter4(int index, Float4 values) => Addresses.Cast<Float4>()[(Parameters >> 2) + index] = values;

    /// <summary>A unit's entry for an element.</summary>
    /// <param name="unit">0 to k − 1.</param>
    /// <param name="index">Which element.</param>
    public readonly float LoadUnit<TElement>(int unit, int index) where TElement : struct, IDeviceElement =>
        default(TElement).Load(M, At(unit) + index);

    /// <summary>A unit's entries for a quad.</summary>
    /// <param name="unit">0 to k − 1.</param>
    /// <param name="index">Which quad.</param>
    public readonly Float4 LoadUnit4<TElement>(int unit, int index) where TElement : struct, IDeviceElement =>
        default(TElement).Load4(M, (At(unit) >> 2) + index);

    /// <summary>Writes a unit's entry for an element, rounded to what the format holds.</summary>
    /// <param name="unit">0 to k − 1.</param>
    /// <param name="index">Which element.</param>
    /// <param name="value">The entry.</param>
    public readonly void StoreUnit<TElement>(int unit, int index, float value) where TElement : struct, IDeviceElement =>
        default(TElement).Store(value, M, At(unit) + index, (uint)(Dither ^ (unit * Partition.ChunkLength + index)));

    /// <summary>Writes a unit's entries for a quad, rounded to what the format holds.</summary>
    /// <param name="unit">0 to k − 1.</param>
    /// <param name="index">Which quad.</param>
    /// <param name="values">The entries.</param>
    public readonly void StoreUnit4<TElement>(int unit, int index, Float4 values) where TElement : struct, IDeviceElement =>
        default(TElement).Store4(values, M, (At(unit) >> 2) + index, (uint)(Dither ^ (unit * Partition.ChunkLength + 4 * index)));

    /// <summary>The sum of consecutive units' entries for an element.</summary>
    /// <param name="first">The first unit.</param>
    /// <param name="count">How many.</param>
    /// <param name="index">Which element.</param>
    public readonly float SumUnits<TElement>(int first, int count, int index) where TElement : struct, IDeviceElement
    {
        var sum = 0f;
        for (var unit = first; unit < first + count; unit++)
            sum += LoadUnit<TElement>(unit, index);
        return sum;
    }

    /// <summary>The sums of consecutive units' entries for a quad.</summary>
    /// <param name="first">The first unit.</param>
    /// <param name="count">How many.</param>
    /// <param name="index">Which quad.</param>
    public readonly Float4 SumUnits4<TElement>(int first, int count, int index) where TElement : struct, IDeviceElement
    {
        var sum = new Float4(0, 0, 0, 0);
        for (var unit = first; unit < first + count; unit++)
            sum += LoadUnit4<TElement>(unit, index);
        return sum;
    }

    private readonly long At(int unit) => unit * Rows + Row;
}
