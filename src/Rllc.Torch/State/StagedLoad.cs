using TorchSharp;

namespace Rllc;

/// <summary>A state that is being read, beside the one in force, which it replaces as a whole or not at all.</summary>
internal sealed class StagedLoad : IDisposable
{
    /// <summary>The rates of the groups read so far.</summary>
    public Dictionary<TorchOptimizer.GroupOptions, TorchOptimizer.GroupOptions> Rates { get; } = [];

    /// <summary>The laws and their memory, on the CPU; empty until the laws are read.</summary>
    public Optimizer[] Laws { get; set; } = [];

    /// <summary>The float32 copies of parameters, by their positions.</summary>
    public Dictionary<int, torch.Tensor> Masters { get; } = [];

    /// <summary>How many parameters have been read.</summary>
    public int ParameterCount { get; set; }

    /// <summary>Frees what has not come into force.</summary>
    public void Dispose()
    {
        foreach (var law in Laws)
            law.Dispose();
        foreach (var master in Masters.Values)
            master.Dispose();
    }
}
