using TorchSharp;
using TorchSharp.Modules;
using TorchOptions = TorchSharp.Modules.OptimizerOptions;

namespace Rllc;

/// <summary>What an optimizer's state has beside that of its parameters: the laws and the options. It comes first in a state dict.</summary>
internal sealed class OptimizerLawState(TorchOptimizer optimizer) : OptimizerState(null!)
{
    /// <summary>Whose it is.</summary>
    public TorchOptimizer Optimizer => optimizer;

    /// <inheritdoc/>
    public override void SaveStateDict(BinaryWriter writer) => optimizer.WriteLaws(writer);

    /// <inheritdoc/>
    public override void LoadStateDict(BinaryReader reader) => optimizer.StageLaws(reader);

    /// <inheritdoc/>
    public override void LoadStateDict(OptimizerState source) => throw ParameterState.NotAlone();

    /// <inheritdoc/>
    public override void Initialize(TorchOptions options) => throw ParameterState.NotAlone();

    /// <inheritdoc/>
    public override void to(torch.Device device) => optimizer.CheckDevice(device);

    /// <inheritdoc/>
    public override bool ApproximatelyEquals(OptimizerState other)
    {
        if (other is not OptimizerLawState state || state.Optimizer.LawCount != optimizer.LawCount)
            return false;
        for (var law = 0; law < optimizer.LawCount; law++)
            if (!ParameterState.AreClose(optimizer.LawCoefficients(law), state.Optimizer.LawCoefficients(law)))
                return false;
        return true;
    }
}
