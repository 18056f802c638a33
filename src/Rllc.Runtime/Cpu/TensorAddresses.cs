using System.Buffers;

namespace Rllc;

/// <summary>Where the tensors of the current call are: θ and g, pinned or outside the managed heap.</summary>
internal sealed unsafe class TensorAddresses
{
    private readonly long[] _lengths;
    private readonly nint[] _parameters;
    private readonly nint[] _gradients;
    private readonly MemoryHandle[] _pins;
    private readonly Range[] _ranges;
    private int _pinCount;

    // Whether the addresses are those that CheckOverlaps has last found good: it costs more than all else here.
    private bool _areApart;

    /// <summary>For tensors of the given numbers of elements.</summary>
    public TensorAddresses(ReadOnlySpan<long> lengths)
    {
        _lengths = lengths.ToArray();
        (_parameters, _gradients) = (new nint[lengths.Length], new nint[lengths.Length]);
        (_pins, _ranges) = (new MemoryHandle[2 * lengths.Length], new Range[2 * lengths.Length]);
    }

    /// <summary>Whether every tensor that has elements has a gradient.</summary>
    public bool AllHaveGradients { get; private set; }

    /// <summary>The first parameter of a tensor.</summary>
    public float* Parameters(int tensor) => (float*)_parameters[tensor];

    /// <summary>The first entry of a tensor's gradient; null where it has none.</summary>
    public float* Gradient(int tensor) => (float*)_gradients[tensor];

    /// <summary>Takes over one tensor that the caller has pinned.</summary>
    public void Set(float* parameters, float* gradient)
    {
        (_parameters[0], _gradients[0]) = ((nint)parameters, (nint)gradient);
        (AllHaveGradients, _areApart) = (true, false);
    }

    /// <summary>Pins tensors until the result is disposed. A gradient without elements is none.</summary>
    /// <exception cref="ArgumentException">Number or lengths are others, or parameters overlap each other or a gradient.</exception>
    public Pins Pin(ReadOnlySpan<Memory<float>> parameters, ReadOnlySpan<ReadOnlyMemory<float>> gradients)
    {
        CheckCount(parameters.Length, nameof(parameters));
        CheckCount(gradients.Length, nameof(gradients));
        for (var tensor = 0; tensor < _lengths.Length; tensor++)
        {
            CheckLength(tensor, parameters[tensor].Length, nameof(parameters));
            if (!gradients[tensor].IsEmpty)
                CheckLength(tensor, gradients[tensor].Length, nameof(gradients));
        }
        var pins = new Pins(this);
        try
        {
            AllHaveGradients = true;
            for (var tensor = 0; tensor < _lengths.Length; tensor++)
            {
                Replace(ref _parameters[tensor], Pin(parameters[tensor]));
                Replace(ref _gradients[tensor], gradients[tensor].IsEmpty ? 0 : Pin(gradients[tensor]));
                AllHaveGradients &= _lengths[tensor] == 0 || _gradients[tensor] != 0;
            }
            if (!_areApart)
                CheckOverlaps();
            _areApart = true;
            return pins;
        }
        catch
        {
            pins.Dispose();
            throw;
        }
    }

    /// <summary>Pins parameters alone until the result is disposed.</summary>
    /// <exception cref="ArgumentException">Number or lengths are others, or parameters overlap each other.</exception>
    public Pins Pin(ReadOnlySpan<Memory<float>> parameters) => Pin(parameters, new ReadOnlyMemory<float>[_lengths.Length]);

    private void Replace(ref nint address, nint current)
    {
        _areApart &= address == current;
        address = current;
    }

    private nint Pin(ReadOnlyMemory<float> memory)
    {
        var pin = _pins[_pinCount] = memory.Pin();
        _pinCount++;
        return (nint)pin.Pointer;
    }

    private void CheckCount(int count, string name)
    {
        if (count != _lengths.Length)
            throw new ArgumentException($"The optimizer has {_lengths.Length} tensors, not {count}.", name);
    }

    private void CheckLength(int tensor, int length, string name)
    {
        if (length != _lengths[tensor])
            throw new ArgumentException($"Tensor {tensor} has {_lengths[tensor]} parameters, not {length}.", name);
    }

    /// <summary>Gradients may share memory with each other: they are only read.</summary>
    private void CheckOverlaps()
    {
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
    }

    private readonly record struct Range(nuint Begin, nuint Bytes, int Tensor, bool IsParameters) : IComparable<Range>
    {
        public nuint End => Begin + Bytes;

        public int CompareTo(Range other) => Begin.CompareTo(other.Begin);

        public override string ToString() => FormattableString.Invariant($"{(IsParameters ? "parameters" : "gradients")}[{Tensor}]");
    }

    /// <summary>Tensors that stay where they are.</summary>
    public readonly ref struct Pins(TensorAddresses tensors)
    {
        /// <summary>Lets them all go, even where a memory manager throws.</summary>
        public void Dispose()
        {
            try
            {
                while (tensors._pinCount > 0)
                    tensors._pins[--tensors._pinCount].Dispose();
            }
            finally
            {
                if (tensors._pinCount > 0)
                    Dispose();
            }
        }
    }
}
