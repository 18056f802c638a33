using ILGPU.Runtime;

namespace Rllc.Kernels;

/// <summary>What an optimizer with a law keeps on an accelerator: M = 0, the law at its start and the tables.</summary>
internal sealed class DeviceState : IDisposable
{
    private readonly DeviceBuffers _buffers;

    /// <summary>Allocates and fills everything; waits until that is done, so that a step may be on any stream.</summary>
    /// <param name="accelerator">Where.</param>
    /// <param name="layout">What is allocated.</param>
    /// <param name="start">What the law begins with.</param>
    public DeviceState(Accelerator accelerator, DeviceLayout layout, LawStart start)
    {
        _buffers = new DeviceBuffers(accelerator);
        try
        {
            var k = layout.Memory.UnitCount;
            Views = new()
            {
                Law = new()
                {
                    B = _buffers.Filled(layout.B),
                    a = _buffers.Filled([.. layout.a]),
                    S = _buffers.Filled(start.S),
                    InverseS = _buffers.Filled(start.InverseS),
                    L = _buffers.Filled(start.L),
                    G = _buffers.Zeros<double>(k * k),
                    Pending = _buffers.Zeros<double>(k),
                    Settings = _buffers.Zeros<LawSettings>(1),
                    Counters = _buffers.Zeros<LawCounters>(1),
                    Factors = _buffers.Zeros<StepFactors>(1),
                    StepLaw = _buffers.Zeros<float>(k),
                },
                Chunks = _buffers.Filled(layout.Chunks),
                Tensors = _buffers.Zeros<DeviceTensor>(layout.Lengths.Length),
                Addresses = _buffers.AddressSpace(),
                M = _buffers.Zeros<byte>(layout.MemoryBytes),
                Partials = _buffers.Zeros<double>(layout.PartialCount),
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
    public void Dispose() => _buffers.Dispose();
}
