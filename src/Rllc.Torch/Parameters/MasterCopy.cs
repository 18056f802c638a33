using TorchSharp;
using TorchSharp.Modules;

namespace Rllc;

/// <summary>
/// A float32 copy of a parameter in bfloat16 or float16 that is stepped in its place: changes too small for the parameter's own format
/// add up in it. Calls are made while gradients are disabled.
/// </summary>
internal sealed class MasterCopy : IDisposable
{
    private readonly Parameter _parameter;
    private torch.Tensor? _gradient;
    private bool _hasGradient;

    /// <summary>Copies a parameter.</summary>
    public MasterCopy(Parameter parameter)
    {
        _parameter = parameter;
        using var guard = torch.no_grad();
        Values = parameter.to(torch.float32).DetachFromDisposeScope();
    }

    /// <summary>The copy.</summary>
    public torch.Tensor Values { get; }

    /// <summary>Takes over numbers of the same shape, and rounds them to the parameter.</summary>
    public void Set(torch.Tensor values)
    {
        Values.copy_(values);
        _parameter.copy_(Values);
    }

    /// <summary>Begins a step without a gradient.</summary>
    public void Begin() => _hasGradient = false;

    /// <summary>Takes over a gradient of the parameter.</summary>
    /// <param name="gradient">Its native handle.</param>
    /// <returns>Where it is in float32, until the next one.</returns>
    public nint TakeGradient(nint gradient)
    {
        _gradient ??= torch.empty_like(Values).DetachFromDisposeScope();
        NativeTensor.Copy(_gradient.Handle, gradient);
        _hasGradient = true;
        return NativeTensor.Data(_gradient.Handle);
    }

    /// <summary>Ends a step: rounds the copy to the parameter, unless it had no gradient.</summary>
    public void End()
    {
        if (_hasGradient)
            NativeTensor.Copy(_parameter.Handle, Values.Handle);
    }

    /// <summary>Frees the copy.</summary>
    public void Dispose()
    {
        Values.Dispose();
        _gradient?.Dispose();
    }
}
