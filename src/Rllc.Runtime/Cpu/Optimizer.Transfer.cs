namespace Rllc;

public abstract partial class Optimizer
{
    /// <summary>
    /// Takes over law, memory and step count of an optimizer of the same memory, format and options whose tensors are the first of
    /// this one; the memory of the others stays as it is.
    /// </summary>
    /// <param name="other">The other optimizer.</param>
    internal void CopyStateFrom(Optimizer other)
    {
        using var use = Enter();
        using var otherUse = other.Enter();
        CopyMemoryFrom(other);
        _law.Restore(other._law.Step, other._law.L, other._law.G, other._law.Pending);
        if (other._law.RefreshRequested)
            _law.RequestExactGram();
    }

    /// <summary>The law's part of the state.</summary>
    internal DeviceLawState CopyLaw()
    {
        using var use = Enter();
        return DeviceLawState.Of(_law);
    }

    /// <summary>Takes over the law's part of the state, and options; all groups get those options' rates.</summary>
    /// <param name="options">Options of the same memory format, validated.</param>
    /// <param name="state">The law, of as many units.</param>
    internal void SetLaw(OptimizerOptions options, DeviceLawState state)
    {
        using var use = Enter();
        _law = state.ToLaw(LinearMemory, options);
        SetOptions(options);
    }
}
