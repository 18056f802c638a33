namespace Rllc.Kernels;

/// <summary>What the kernels of a new optimizer work on: M = 0, and all else as it begins.</summary>
internal static class InitialViews
{
    /// <summary>Of an optimizer with a law.</summary>
    /// <param name="buffers">Where it is allocated.</param>
    /// <param name="layout">How much.</param>
    /// <param name="start">What the law begins with.</param>
    public static StepViews OfLaw(DeviceBuffers buffers, DeviceLayout layout, LawStart start)
    {
        var k = layout.Memory.UnitCount;
        return new()
        {
            Law = new()
            {
                B = buffers.Filled(layout.B),
                a = buffers.Filled([.. layout.a]),
                S = buffers.Filled(start.S),
                InverseS = buffers.Filled(start.InverseS),
                L = buffers.Filled(start.L),
                G = buffers.Zeros<double>(k * k),
                Pending = buffers.Zeros<double>(k),
                Settings = buffers.Zeros<LawSettings>(1),
                Counters = buffers.Zeros<LawCounters>(1),
                Factors = buffers.Zeros<StepFactors>(1),
                StepLaw = buffers.Zeros<float>(k),
            },
            Elements = OfElements(buffers, layout),
        };
    }

    /// <summary>Of an optimizer by moments.</summary>
    /// <param name="buffers">Where it is allocated.</param>
    /// <param name="layout">How much.</param>
    /// <param name="formula">What the kernels implement.</param>
    public static MomentViews OfMoments(DeviceBuffers buffers, TensorLayout layout, MomentFormula formula)
    {
        var tensorCount = layout.Lengths.Length;
        return new()
        {
            Settings = buffers.Zeros<MomentSettings>(1),
            Counters = buffers.Zeros<MomentCounters>(1),
            Outcome = buffers.Zeros<StepFactors>(1),
            Steps = buffers.Zeros<long>(tensorCount),
            Keys = buffers.Zeros<double>((long)tensorCount * formula.Capacity),
            Factors = buffers.Zeros<MomentFactors>(tensorCount),
            Norms = buffers.Zeros<double>(formula.IsReference ? tensorCount : 0),
            Elements = OfElements(buffers, layout),
        };
    }

    private static ElementViews OfElements(DeviceBuffers buffers, TensorLayout layout) => new()
    {
        Chunks = buffers.Filled(layout.Chunks),
        Tensors = buffers.Zeros<DeviceTensor>(layout.Lengths.Length),
        Addresses = buffers.AddressSpace(),
        M = buffers.Zeros<byte>(layout.MemoryBytes),
        Partials = buffers.Zeros<double>(layout.PartialCount),
        Rows = layout.Rows,
        ChunksPerGroup = layout.ChunksPerGroup,
    };
}
