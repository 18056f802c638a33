using TorchSharp;

namespace Rllc;

/// <summary>A state that is being read, beside the one in force, which it replaces as a whole or not at all.</summary>
internal sealed class StagedLoad : IDisposable
{
    /// <summary>The rates of the groups read so far.</summary>
    public Dictionary<TorchTensorOptimizer.GroupOptions, TorchTensorOptimizer.GroupOptions> Rates { get; } = [];

    /// <summary>The states of all parts, on the CPU; empty until what the parameters share is read.</summary>
    public TensorOptimizer[] States { get; set; } = [];

    /// <summary>The float32 copies of parameters, by their positions.</summary>
    public Dictionary<int, torch.Tensor> Masters { get; } = [];

    /// <summary>How many parameters have been read.</summary>
    public int ParameterCount { get; set; }

    /// <summary>Frees what has not come into force.</summary>
    public void Dispose()
    {
        foreach (var state in States)
            state.Dispose();
        foreach (var master in Masters.Values)
            master.Dispose();
    }
}
