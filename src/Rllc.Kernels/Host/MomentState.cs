using ILGPU.Runtime;

namespace Rllc.Kernels;

/// <summary>What an optimizer by moments keeps on an accelerator: M = 0, counts and priorities of 0, and the tables.</summary>
internal sealed class MomentState : IDisposable
{
    private readonly DeviceBuffers _buffers;

    /// <summary>Allocates and fills everything; waits until that is done, so that a step may be on any stream.</summary>
    /// <param name="accelerator">Where.</param>
    /// <param name="layout">What is allocated.</param>
    /// <param name="formula">What the kernels implement.</param>
    public MomentState(Accelerator accelerator, TensorLayout layout, MomentFormula formula)
    {
        _buffers = new DeviceBuffers(accelerator);
        try
        {
            var tensorCount = layout.Lengths.Length;
            Views = new()
            {
                Settings = _buffers.Zeros<MomentSettings>(1),
                Counters = _buffers.Zeros<MomentCounters>(1),
                Outcome = _buffers.Zeros<StepFactors>(1),
                Steps = _buffers.Zeros<long>(tensorCount),
                Keys = _buffers.Zeros<double>((long)tensorCount * formula.Capacity),
                Factors = _buffers.Zeros<MomentFactors>(tensorCount),
                Chunks = _buffers.Filled(layout.Chunks),
                Tensors = _buffers.Zeros<DeviceTensor>(tensorCount),
                Addresses = _buffers.AddressSpace(),
                M = _buffers.Zeros<byte>(layout.MemoryBytes),
                Partials = _buffers.Zeros<double>(layout.PartialCount),
                Norms = _buffers.Zeros<double>(formula.IsReference ? tensorCount : 0),
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
    public MomentViews Views { get; }

    /// <summary>Waits for the accelerator, then frees everything.</summary>
    public void Dispose() => _buffers.Dispose();
}
