using TorchSharp;
using TorchSharp.Modules;
using TorchOptions = TorchSharp.Modules.OptimizerOptions;

namespace Rllc;

/// <summary>What an optimizer's state has beside that of its parameters: laws, step counts and options. It comes first in a state dict.</summary>
internal sealed class SharedState(TorchTensorOptimizer optimizer) : OptimizerState(null!)
{
    /// <summary>Whose it is.</summary>
    public TorchTensorOptimizer Optimizer => optimizer;

    /// <inheritdoc/>
    public override void SaveStateDict(BinaryWriter writer) => optimizer.WriteShared(writer);

    /// <inheritdoc/>
    public override void LoadStateDict(BinaryReader reader) => optimizer.StageShared(reader);

    /// <inheritdoc/>
    public override void LoadStateDict(OptimizerState source) => throw ParameterState.NotAlone();

    /// <inheritdoc/>
    public override void Initialize(TorchOptions options) => throw ParameterState.NotAlone();

    /// <inheritdoc/>
    public override void to(torch.Device device) => optimizer.CheckDevice(device);

    /// <inheritdoc/>
    public override bool ApproximatelyEquals(OptimizerState other) => other is SharedState state && optimizer.SharesStateWith(state.Optimizer);
}
