using System.Buffers;

namespace Rllc;

/// <summary>Where the tensors of the current call are: θ and g, pinned or outside the managed heap.</summary>
internal sealed unsafe class TensorAddresses
{
    private readonly TensorPlaces _places;
    private readonly MemoryHandle[] _pins;
    private int _pinCount;

    /// <summary>For tensors of the given numbers of elements.</summary>
    public TensorAddresses(ReadOnlySpan<long> lengths)
    {
        _places = new TensorPlaces(lengths);
        _pins = new MemoryHandle[2 * lengths.Length];
    }

    /// <summary>Whether every tensor that has elements has a gradient.</summary>
    public bool AllHaveGradients => _places.AllHaveGradients;

    private ReadOnlySpan<long> Lengths => _places.Lengths;

    /// <summary>The first parameter of a tensor.</summary>
    public float* Parameters(int tensor) => (float*)_places.Parameters(tensor);

    /// <summary>The first entry of a tensor's gradient; null where it has none.</summary>
    public float* Gradient(int tensor) => (float*)_places.Gradient(tensor);

    /// <summary>Takes over one tensor that the caller has pinned.</summary>
    public void Set(float* parameters, float* gradient) => _places.Set(0, (nint)parameters, (nint)gradient);

    /// <summary>Takes over tensors outside the managed heap, by their addresses.</summary>
    /// <exception cref="ArgumentException">The number is another one, or parameters overlap each other or a gradient.</exception>
    public void Set(ReadOnlySpan<nint> parameters, ReadOnlySpan<nint> gradients)
    {
        TensorArguments.CheckCount(Lengths, parameters.Length, nameof(parameters));
        TensorArguments.CheckCount(Lengths, gradients.Length, nameof(gradients));
        for (var tensor = 0; tensor < Lengths.Length; tensor++)
            _places.Set(tensor, parameters[tensor], gradients[tensor]);
        _places.CheckOverlaps();
    }

    /// <summary>Pins tensors until the result is disposed. A gradient without elements is none.</summary>
    /// <exception cref="ArgumentException">Number or lengths are others, or parameters overlap each other or a gradient.</exception>
    public Pins Pin(ReadOnlySpan<Memory<float>> parameters, ReadOnlySpan<ReadOnlyMemory<float>> gradients)
    {
        TensorArguments.CheckCount(Lengths, parameters.Length, nameof(parameters));
        TensorArguments.CheckCount(Lengths, gradients.Length, nameof(gradients));
        for (var tensor = 0; tensor < Lengths.Length; tensor++)
        {
            TensorArguments.CheckLength(Lengths, tensor, parameters[tensor].Length, nameof(parameters));
            if (!gradients[tensor].IsEmpty)
                TensorArguments.CheckLength(Lengths, tensor, gradients[tensor].Length, nameof(gradients));
        }
        var pins = new Pins(this);
        try
        {
            for (var tensor = 0; tensor < Lengths.Length; tensor++)
                _places.Set(tensor, Pin(parameters[tensor]), gradients[tensor].IsEmpty ? 0 : Pin(gradients[tensor]));
            _places.CheckOverlaps();
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
    public Pins Pin(ReadOnlySpan<Memory<float>> parameters) => Pin(parameters, new ReadOnlyMemory<float>[Lengths.Length]);

    private nint Pin(ReadOnlyMemory<float> memory)
    {
        var pin = _pins[_pinCount] = memory.Pin();
        _pinCount++;
        return (nint)pin.Pointer;
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
