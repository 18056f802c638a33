using ILGPU;
using ILGPU.Runtime;

namespace Rllc.Kernels;

/// <summary>
/// What an optimizer keeps on an accelerator: M = 0, the law at its start and the tables. Freed in any order with the
/// accelerator, which frees what is left when it is disposed itself.
/// </summary>
internal sealed class DeviceState : IDisposable
{
    private readonly Accelerator _accelerator;
    private readonly List<MemoryBuffer> _buffers = [];

    /// <summary>Allocates and fills everything; waits until that is done, so that a step may be on any stream.</summary>
    /// <param name="accelerator">Where.</param>
    /// <param name="layout">What is allocated.</param>
    /// <param name="start">What the law begins with.</param>
    public DeviceState(Accelerator accelerator, DeviceLayout layout, LawStart start)
    {
        _accelerator = accelerator;
        try
        {
            var k = layout.UnitCount;
            Views = new()
            {
                Law = new()
                {
                    B = Filled(layout.B),
                    a = Filled([.. layout.a]),
                    S = Filled(start.S),
                    InverseS = Filled(start.InverseS),
                    L = Filled(start.L),
                    G = Zeros<double>(k * k),
                    Pending = Zeros<double>(k),
                    Settings = Zeros<LawSettings>(1),
                    Counters = Zeros<LawCounters>(1),
                    Factors = Zeros<StepFactors>(1),
                    StepLaw = Zeros<float>(k),
                },
                Chunks = Filled(layout.Chunks),
                Tensors = Zeros<DeviceTensor>(layout.Lengths.Length),
                Addresses = Own(new AddressSpace(accelerator)).View,
                M = Zeros<byte>(layout.MemoryBytes),
                Partials = Zeros<double>(layout.PartialCount),
                Rows = layout.Rows,
                ChunksPerGroup = layout.ChunksPerGroup,
            };
            accelerator.DefaultStream.Synchronize();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What the kernels work on.</summary>
    public StepViews Views { get; }

    /// <summary>Waits for the accelerator, then frees everything.</summary>
    public void Dispose()
    {
        if (!_accelerator.IsDisposed)
            _accelerator.Synchronize();
        foreach (var buffer in _buffers)
            buffer.Dispose();
    }

    private ArrayView<T> Filled<T>(T[] values) where T : unmanaged
    {
        var view = Allocate<T>(values.Length);
        if (view.IsValid)
            view.CopyFromCPU(_accelerator.DefaultStream, values);
        return view;
    }

    private ArrayView<T> Zeros<T>(long length) where T : unmanaged
    {
        var view = Allocate<T>(length);
        if (view.IsValid)
            view.MemSetToZero(_accelerator.DefaultStream);
        return view;
    }

    // Of nothing, a view of nothing: the driver refuses to allocate it.
    private ArrayView<T> Allocate<T>(long length) where T : unmanaged =>
        length == 0 ? default : Own(_accelerator.AllocateRaw(length, Interop.SizeOf<T>())).AsArrayView<T>(0, length);

    private TBuffer Own<TBuffer>(TBuffer buffer) where TBuffer : MemoryBuffer
    {
        _buffers.Add(buffer);
        return buffer;
    }
}
