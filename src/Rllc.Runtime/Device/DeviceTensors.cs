namespace Rllc;

/// <summary>
/// Where the tensors of the current step are in a device's memory: checked, and as the kernels' table of them. Nothing is
/// allocated after construction.
/// </summary>
internal sealed class DeviceTensors
{
    private readonly TensorPlaces _places;
    private readonly DeviceTensor[] _entries;

    /// <summary>For tensors of the given numbers of elements; none has a gradient yet.</summary>
    public DeviceTensors(ReadOnlySpan<long> lengths)
    {
        _places = new TensorPlaces(lengths);
        _entries = new DeviceTensor[lengths.Length];
    }

    /// <summary>The table for the kernels.</summary>
    public ReadOnlySpan<DeviceTensor> Entries => _entries;

    /// <summary>Whether a tensor that has elements has no gradient.</summary>
    public bool SomeHaveNoGradient => !_places.AllHaveGradients;

    /// <summary>Notes where a tensor is; one without elements is nowhere.</summary>
    /// <param name="tensor">Which one.</param>
    /// <param name="parameters">The address of its first parameter.</param>
    /// <param name="gradient">That of the first entry of its gradient; 0 where it has none.</param>
    /// <exception cref="ArgumentException">An address is not a multiple of 4: the device cannot load a float32 from there.</exception>
    public void Set(int tensor, nint parameters, nint gradient)
    {
        if (_places.Lengths[tensor] == 0)
            return;
        CheckAlignment(parameters, "parameters", tensor);
        CheckAlignment(gradient, "gradients", tensor);
        _places.Set(tensor, parameters, gradient);
        (_entries[tensor].Parameters, _entries[tensor].Gradient) = (parameters / sizeof(float), gradient / sizeof(float));
    }

    /// <summary>Notes what the tensors are moved with, as the kernels of a law take it.</summary>
    public void SetRates(TensorRates rates)
    {
        for (var tensor = 0; tensor < _entries.Length; tensor++)
            _entries[tensor] = rates.ApplyTo(tensor, _entries[tensor]);
    }

    /// <summary>Notes what the tensors are moved with, as the kernels of moments take it.</summary>
    public void SetPlainRates(TensorRates rates)
    {
        for (var tensor = 0; tensor < _entries.Length; tensor++)
            _entries[tensor] = rates.ApplyPlainTo(tensor, _entries[tensor]);
    }

    /// <summary>Sees to it that no parameters overlap.</summary>
    /// <exception cref="ArgumentException">Parameters overlap each other or a gradient.</exception>
    public void CheckOverlaps() => _places.CheckOverlaps();

    private static void CheckAlignment(nint address, string name, int tensor)
    {
        if (address % sizeof(float) != 0)
            throw new ArgumentException(FormattableString.Invariant($"{name}[{tensor}] is at 0x{address:x}, which is no multiple of {sizeof(float)}, as float32 needs."));
    }
}
