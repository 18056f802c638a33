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
}
