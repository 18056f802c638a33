using System.Buffers;
using System.Runtime.InteropServices;

namespace Rllc.Runtime.Tests.Cpu;

/// <summary>Numbers outside the managed heap that know how often they are pinned.</summary>
internal sealed unsafe class NativeFloats : MemoryManager<float>, IDisposable
{
    private readonly float* _first;
    private readonly int _length;

    /// <summary>Zeros.</summary>
    public NativeFloats(int length)
    {
        _length = length;
        _first = (float*)NativeMemory.AllocZeroed((nuint)length, sizeof(float));
    }

    public NativeFloats(ReadOnlySpan<float> values) : this(values.Length) => values.CopyTo(GetSpan());

    /// <summary>Pins that have not been undone.</summary>
    public int Pins { get; private set; }

    /// <summary>How often it was pinned.</summary>
    public int PinCount { get; private set; }

    /// <summary>What <see cref="Pin"/> throws; null for nothing.</summary>
    public Exception? Failure { get; set; }

    /// <summary>What <see cref="Unpin"/> throws once it has done its work; null for nothing.</summary>
    public Exception? UnpinFailure { get; set; }

    public override Span<float> GetSpan() => new(_first, _length);

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        if (Failure is not null)
            throw Failure;
        Pins++;
        PinCount++;
        return new MemoryHandle(_first + elementIndex, pinnable: this);
    }

    public override void Unpin()
    {
        Pins--;
        if (UnpinFailure is not null)
            throw UnpinFailure;
    }

    public void Dispose() => Dispose(disposing: true);

    protected override void Dispose(bool disposing) => NativeMemory.Free(_first);
}
