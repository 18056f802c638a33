using TorchSharp;
using TorchSharp.Modules;

namespace Rllc;

/// <summary>A parameter of an optimizer, and what it was when it was added.</summary>
internal sealed class TrackedParameter : IDisposable
{
    private readonly Parameter _parameter;
    private readonly torch.ScalarType _type;

    /// <summary>Tracks a parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="name">Its name; empty where none was given.</param>
    /// <param name="position">Its number among all of the optimizer.</param>
    /// <param name="group">The number of its group.</param>
    /// <param name="masterWeights">Whether one in bfloat16 or float16 gets a float32 copy.</param>
    /// <exception cref="NotSupportedException">This version of TorchSharp is not known.</exception>
    /// <exception cref="ArgumentException">It is null, disposed, no leaf, or its numbers are of a type that is not supported or do not lie one after the other.</exception>
    public TrackedParameter(Parameter? parameter, string name, int position, int group, bool masterWeights)
    {
        _parameter = parameter!;
        (Name, Position, Group) = (name, position, group);
        if (parameter is null)
            throw Refuse("is null");
        if (parameter.IsInvalid)
            throw Refuse("is disposed, or was replaced by module.to(…): ask the module for its parameters after moving it");
        if (!parameter.is_leaf)
            throw Refuse("is computed from other tensors, not a leaf: it gets no gradient");
        _type = parameter.dtype;
        var isNarrow = _type is torch.ScalarType.BFloat16 or torch.ScalarType.Float16;
        if (isNarrow && !masterWeights)
            throw Refuse($"holds {_type} numbers: set {nameof(TorchOptimizerOptions.MasterWeights)}, which keeps a float32 copy to be stepped, or keep the parameters in float32 and compute in less under autocast");
        if (!isNarrow && _type != torch.float32)
            throw Refuse($"holds {_type} numbers: only float32 is supported, and with {nameof(TorchOptimizerOptions.MasterWeights)} bfloat16 and float16");
        if (parameter.is_sparse || !parameter.is_contiguous())
            throw Refuse("does not have its elements one after the other: make it of tensor.contiguous()");
        Device = parameter.device;
        Shape = parameter.shape;
        Length = parameter.NumberOfElements;
        Handle = parameter.Handle;
        NativeTensor.RequireFunctions(Handle, Shape);
        Master = isNarrow ? new MasterCopy(parameter) : null;
    }

    /// <summary>The parameter itself.</summary>
    public Parameter Parameter => _parameter;

    /// <summary>The float32 copy that is stepped in its place; null where it is float32 itself.</summary>
    public MasterCopy? Master { get; }

    /// <summary>The float32 numbers that are stepped: its copy's or its own.</summary>
    public torch.Tensor Numbers => Master?.Values ?? _parameter;

    /// <summary>Its name; empty where none was given.</summary>
    public string Name { get; }

    /// <summary>Its number among all parameters of the optimizer.</summary>
    public int Position { get; }

    /// <summary>The number of its group.</summary>
    public int Group { get; }

    /// <summary>Its shape.</summary>
    public long[] Shape { get; }

    /// <summary>Its number of elements.</summary>
    public long Length { get; }

    /// <summary>Its native handle, by which TorchSharp finds its state.</summary>
    public nint Handle { get; }

    /// <summary>The device that it is on.</summary>
    public torch.Device Device { get; }

    /// <summary>How messages call it.</summary>
    public string Label => Name.Length > 0 ? $"Parameter '{Name}'" : FormattableString.Invariant($"Parameter {Position}");

    /// <summary>The address of the first of <see cref="Numbers"/>, now.</summary>
    /// <exception cref="InvalidOperationException">It is no longer what it was.</exception>
    public nint Address()
    {
        if (_parameter.IsInvalid || _parameter.Handle != Handle)
            throw Changed("has been disposed or replaced (module.to(…) replaces parameters): make the optimizer after moving the module");
        if (NativeTensor.Type(Handle) != _type)
            throw Changed($"now holds {_parameter.dtype} numbers instead of {_type}: make the optimizer after converting the parameters");
        if (NativeTensor.Device(Handle) != (Device.type, Device.index))
            throw Changed($"is now on {_parameter.device}: make the optimizer after moving the parameters");
        if (NativeTensor.Length(Handle) != Length)
            throw Changed(FormattableString.Invariant($"now has {_parameter.NumberOfElements} elements, not {Length}"));
        if (!NativeTensor.IsContiguous(Handle))
            throw Changed("no longer has its elements one after the other");
        return NativeTensor.Data(Master?.Values.Handle ?? Handle);
    }

    /// <summary>
    /// The address of the first element of its gradient in float32, now; 0 where it has none or is frozen (requires_grad = false).
    /// </summary>
    /// <param name="copies">Receives the copy of a gradient whose elements do not lie one after the other.</param>
    /// <exception cref="InvalidOperationException">The gradient is sparse, or of another type, device or shape.</exception>
    public nint Gradient(List<torch.Tensor> copies)
    {
        Master?.Begin();
        if (!_parameter.requires_grad)
            return 0;
        var gradient = NativeTensor.Gradient(Handle);
        if (gradient == 0)
            return 0;
        try
        {
            Check(gradient);
            if (Master is not null)
                return Master.TakeGradient(gradient);
            return NativeTensor.IsContiguous(gradient) ? NativeTensor.Data(gradient) : CopyOfGradient(copies);
        }
        finally
        {
            // The parameter keeps the gradient itself.
            NativeTensor.Release(gradient);
        }
    }

    /// <summary>Frees the float32 copy; the parameter is the module's.</summary>
    public void Dispose() => Master?.Dispose();

    private void Check(nint gradient)
    {
        if (NativeTensor.IsSparse(gradient))
            throw Changed("has a sparse gradient, the memory is dense: make the embedding with sparse: false");
        if (NativeTensor.Type(gradient) != _type)
            throw Changed($"has a gradient of {NativeTensor.Type(gradient)} numbers, not of {_type}");
        if (NativeTensor.Device(gradient) != (Device.type, Device.index))
            throw Changed("has a gradient on another device");
        if (!NativeTensor.HasShape(gradient, Shape))
            throw Changed("has a gradient of another shape");
    }

    private nint CopyOfGradient(List<torch.Tensor> copies)
    {
        using var guard = torch.no_grad();
        using var gradient = _parameter.grad;
        var copy = gradient!.contiguous().DetachFromDisposeScope();
        copies.Add(copy);
        return NativeTensor.Data(copy.Handle);
    }

    private ArgumentException Refuse(string fault) => new($"{Label} {fault}.");

    private InvalidOperationException Changed(string fault) => new($"{Label} {fault}.");
}
