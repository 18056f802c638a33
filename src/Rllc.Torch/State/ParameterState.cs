using System.Numerics;
using TorchSharp;
using TorchSharp.Modules;
using TorchOptions = TorchSharp.Modules.OptimizerOptions;

namespace Rllc;

/// <summary>One parameter's part of the memory, with the name and the shape by which it is found again.</summary>
internal sealed class ParameterState(TorchTensorOptimizer optimizer, Parameter parameter, int position) : OptimizerState(parameter)
{
    /// <inheritdoc/>
    public override void SaveStateDict(BinaryWriter writer) => optimizer.WriteMemory(position, writer);

    /// <inheritdoc/>
    public override void LoadStateDict(BinaryReader reader) => optimizer.StageMemory(position, reader);

    /// <inheritdoc/>
    public override void LoadStateDict(OptimizerState source) => throw NotAlone();

    /// <inheritdoc/>
    public override void Initialize(TorchOptions options) => throw NotAlone();

    /// <inheritdoc/>
    public override void to(torch.Device device) => optimizer.CheckDevice(device);

    /// <inheritdoc/>
    public override bool ApproximatelyEquals(OptimizerState other)
    {
        if (other is not ParameterState state || state.Shape is var shape && !shape.SequenceEqual(Shape))
            return false;
        for (var unit = 0; unit < optimizer.UnitCount; unit++)
            if (unit >= state.Optimizer.UnitCount || !AreClose<float>(optimizer.CopyUnit(unit, position), state.Optimizer.CopyUnit(unit, state.Position)))
                return false;
        return true;
    }

    private TorchTensorOptimizer Optimizer => optimizer;

    private int Position => position;

    private long[] Shape => _parameter.shape;

    /// <summary>Whether numbers are equal to within 1e-8 + 1e-5 of the second, as torch.allclose has it.</summary>
    public static bool AreClose<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y) where T : IBinaryFloatingPointIeee754<T>
    {
        if (x.Length != y.Length)
            return false;
        for (var i = 0; i < x.Length; i++)
            if (!(T.Abs(x[i] - y[i]) <= T.CreateChecked(1e-8) + T.CreateChecked(1e-5) * T.Abs(y[i])))
                return false;
        return true;
    }

    /// <summary>Why a state of one parameter is neither loaded nor reset.</summary>
    public static NotSupportedException NotAlone() =>
        new("The memory of a parameter and what all parameters share belong together: load the whole state, with load_state_dict of the optimizer.");
}
