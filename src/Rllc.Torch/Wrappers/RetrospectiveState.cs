using TorchSharp.Modules;
using TorchOptions = TorchSharp.Modules.OptimizerOptions;

namespace Rllc;

/// <summary>What the state of a <see cref="TorchRetrospective"/> has beside that of the wrapped optimizer. It comes last in a state dict.</summary>
internal sealed class RetrospectiveState(TorchRetrospective wrapper) : OptimizerState(null!)
{
    private TorchRetrospective Wrapper => wrapper;

    /// <inheritdoc/>
    public override void SaveStateDict(BinaryWriter writer) => wrapper.Write(writer);

    /// <inheritdoc/>
    public override void LoadStateDict(BinaryReader reader) => wrapper.Read(reader);

    /// <inheritdoc/>
    public override void LoadStateDict(OptimizerState source) => throw NotAlone();

    /// <inheritdoc/>
    public override void Initialize(TorchOptions options) => throw NotAlone();

    /// <inheritdoc/>
    public override bool ApproximatelyEquals(OptimizerState other) => other is RetrospectiveState state && wrapper.IsCloseTo(state.Wrapper);

    private static NotSupportedException NotAlone() =>
        new("The law and the wrapped optimizer's state belong together: load the whole state, with load_state_dict of the wrapper.");
}
