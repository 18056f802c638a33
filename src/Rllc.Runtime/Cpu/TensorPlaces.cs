namespace Rllc;

/// <summary>
/// The addresses of a step's tensors, on whatever device: θ and g of each. Addresses are those of float32, 0 stands for no
/// gradient.
/// </summary>
internal sealed class TensorPlaces
{
    private readonly long[] _lengths;
    private readonly ulong[] _parameters;
    private readonly ulong[] _gradients;
    private readonly Range[] _ranges;
    private int _withoutGradient;

    // Whether the addresses are those that CheckOverlaps has last found good: it costs more than all else here.
    private bool _areApart;

    /// <summary>For tensors of the given numbers of elements; they have no addresses yet.</summary>
    public TensorPlaces(ReadOnlySpan<long> lengths)
    {
        _lengths = lengths.ToArray();
        (_parameters, _gradients) = (new ulong[lengths.Length], new ulong[lengths.Length]);
        _ranges = new Range[2 * lengths.Length];
        _withoutGradient = _lengths.Count(length => length > 0);
    }

    /// <summary>The tensors' numbers of elements.</summary>
    public ReadOnlySpan<long> Lengths => _lengths;

    /// <summary>Whether every tensor that has elements has a gradient.</summary>
    public bool AllHaveGradients => _withoutGradient == 0;

    /// <summary>The first parameter of a tensor.</summary>
    public ulong Parameters(int tensor) => _parameters[tensor];

    /// <summary>The first entry of a tensor's gradient; 0 where it has none.</summary>
    public ulong Gradient(int tensor) => _gradients[tensor];

    /// <summary>Refuses a list of another number of tensors.</summary>
    /// <exception cref="ArgumentException">It is another one.</exception>
    public void CheckCount(int count, string name)
    {
        if (count != _lengths.Length)
            throw new ArgumentException($"The optimizer has {_lengths.Length} tensors, not {count}.", name);
    }

    /// <summary>Takes over where a tensor is.</summary>
    public void Set(int tensor, ulong parameters, ulong gradient)
    {
        if (_lengths[tensor] > 0)
            _withoutGradient += (gradient == 0 ? 1 : 0) - (_gradients[tensor] == 0 ? 1 : 0);
        _areApart &= _parameters[tensor] == parameters && _gradients[tensor] == gradient;
        (_parameters[tensor], _gradients[tensor]) = (parameters, gradient);
    }

    /// <summary>
    /// Refuses parameters that overlap others or a gradient. Gradients may share memory with each other: they are only read.
    /// Addresses that it has last found good it does not look at again.
    /// </summary>
    /// <exception cref="ArgumentException">Some overlap; the message says which.</exception>
    public void CheckOverlaps()
    {
        if (_areApart)
            return;
        var ranges = SortedRanges();
        Range farthest = default, farthestParameters = default;
        foreach (var range in ranges)
        {
            var before = range.IsParameters ? farthest : farthestParameters;
            if (before.End > range.Begin)
                throw new ArgumentException($"{range} must not overlap {before}.");
            if (range.End > farthest.End)
                farthest = range;
            if (range.IsParameters && range.End > farthestParameters.End)
                farthestParameters = range;
        }
        _areApart = true;
    }

    private ReadOnlySpan<Range> SortedRanges()
    {
        var count = 0;
        for (var tensor = 0; tensor < _lengths.Length; tensor++)
        {
            var bytes = (ulong)_lengths[tensor] * sizeof(float);
            if (bytes == 0)
                continue;
            _ranges[count++] = new(_parameters[tensor], bytes, tensor, IsParameters: true);
            if (_gradients[tensor] != 0)
                _ranges[count++] = new(_gradients[tensor], bytes, tensor, IsParameters: false);
        }
        var ranges = _ranges.AsSpan(0, count);
        ranges.Sort();
        return ranges;
    }

    private readonly record struct Range(ulong Begin, ulong Bytes, int Tensor, bool IsParameters) : IComparable<Range>
    {
        public ulong End => Begin + Bytes;

        public int CompareTo(Range other) => Begin.CompareTo(other.Begin);

        public override string ToString() => FormattableString.Invariant($"{(IsParameters ? "parameters" : "gradients")}[{Tensor}]");
    }
}
