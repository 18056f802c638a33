namespace Rllc;

/// <summary>
/// Where the tensors of the current step are, by addresses of whatever memory, and that no parameters overlap: each other or a
/// gradient. Nothing is allocated after construction.
/// </summary>
internal sealed class TensorPlaces
{
    private readonly long[] _lengths;
    private readonly nint[] _parameters;
    private readonly nint[] _gradients;
    private readonly Range[] _ranges;
    private int _missing;

    // Whether the addresses are those that CheckOverlaps has last found good: it costs more than all else here.
    private bool _areApart;

    /// <summary>For tensors of the given numbers of float32 elements; none has a gradient yet.</summary>
    public TensorPlaces(ReadOnlySpan<long> lengths)
    {
        _lengths = lengths.ToArray();
        (_parameters, _gradients) = (new nint[lengths.Length], new nint[lengths.Length]);
        _ranges = new Range[2 * lengths.Length];
        foreach (var length in lengths)
            _missing += length > 0 ? 1 : 0;
    }

    /// <summary>The tensors' numbers of elements.</summary>
    public ReadOnlySpan<long> Lengths => _lengths;

    /// <summary>Whether every tensor that has elements has a gradient.</summary>
    public bool AllHaveGradients => _missing == 0;

    /// <summary>The address of a tensor's first parameter.</summary>
    public nint Parameters(int tensor) => _parameters[tensor];

    /// <summary>The address of the first entry of a tensor's gradient; 0 where it has none.</summary>
    public nint Gradient(int tensor) => _gradients[tensor];

    /// <summary>Notes where a tensor is.</summary>
    /// <param name="tensor">Which one.</param>
    /// <param name="parameters">The address of its first parameter.</param>
    /// <param name="gradient">That of the first entry of its gradient; 0 where it has none.</param>
    public void Set(int tensor, nint parameters, nint gradient)
    {
        if (_lengths[tensor] > 0)
            _missing += (gradient == 0 ? 1 : 0) - (_gradients[tensor] == 0 ? 1 : 0);
        _areApart &= _parameters[tensor] == parameters && _gradients[tensor] == gradient;
        (_parameters[tensor], _gradients[tensor]) = (parameters, gradient);
    }

    /// <summary>Sees to it that no parameters overlap. Gradients may share memory with each other: they are only read.</summary>
    /// <exception cref="ArgumentException">Parameters overlap each other or a gradient.</exception>
    public void CheckOverlaps()
    {
        if (_areApart)
            return;
        var count = 0;
        for (var tensor = 0; tensor < _lengths.Length; tensor++)
        {
            var bytes = (nuint)_lengths[tensor] * sizeof(float);
            if (bytes == 0)
                continue;
            _ranges[count++] = new((nuint)_parameters[tensor], bytes, tensor, IsParameters: true);
            if (_gradients[tensor] != 0)
                _ranges[count++] = new((nuint)_gradients[tensor], bytes, tensor, IsParameters: false);
        }
        var ranges = _ranges.AsSpan(0, count);
        ranges.Sort();
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

    private readonly record struct Range(nuint Begin, nuint Bytes, int Tensor, bool IsParameters) : IComparable<Range>
    {
        public nuint End => Begin + Bytes;

        public int CompareTo(Range other) => Begin.CompareTo(other.Begin);

        public override string ToString() => FormattableString.Invariant($"{(IsParameters ? "parameters" : "gradients")}[{Tensor}]");
    }
}
