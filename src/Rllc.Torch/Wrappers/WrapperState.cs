using TorchSharp;
using TorchOptions = TorchSharp.Modules.OptimizerOptions;

namespace Rllc;

/// <summary>
/// To whom the state of a wrapper belongs. It comes first in a stream, among the options, and is checked before anything is changed:
/// TorchSharp itself would read the state of one class of optimizer into another.
/// </summary>
internal sealed class WrapperState(TorchWrapper wrapper) : TorchOptions
{
    /// <summary>Whose it is.</summary>
    public TorchWrapper Wrapper => wrapper;

    /// <summary>The wrapped optimizer's class.</summary>
    public static string NameOf(TorchWrapper wrapper) => wrapper.Wrapped.GetType().Name;

    /// <summary>What parameters must share with those of a state.</summary>
    public static (torch.ScalarType Type, long[] Shape)[] TypesAndShapes(TorchWrapper wrapper) =>
        Array.ConvertAll(wrapper.Parameters(), parameter => (parameter.dtype, parameter.shape));

    /// <summary>What tells a wrapper from that of a state; null where they are the same.</summary>
    public static string? Difference(TorchWrapper wrapper, string name, (torch.ScalarType Type, long[] Shape)[] parameters)
    {
        if (name != NameOf(wrapper))
            return $"The state is that of a wrapped {name}, the wrapped optimizer is {NameOf(wrapper)}.";
        var own = TypesAndShapes(wrapper);
        if (parameters.Length != own.Length)
            return FormattableString.Invariant($"The state is that of {parameters.Length} parameters, the optimizer has {own.Length}.");
        for (var i = 0; i < own.Length; i++)
            if (own[i].Type != parameters[i].Type || !own[i].Shape.AsSpan().SequenceEqual(parameters[i].Shape))
                return FormattableString.Invariant($"Parameter {i} is {Print(own[i])}, in the state it is {Print(parameters[i])}.");
        return null;
    }

    /// <inheritdoc/>
    public override void SaveStateDict(BinaryWriter writer)
    {
        StateFormat.WriteHeader(writer);
        writer.Write(NameOf(wrapper));
        var parameters = TypesAndShapes(wrapper);
        writer.Write(parameters.Length);
        foreach (var (type, shape) in parameters)
        {
            writer.Write((int)type);
            StateFormat.WriteShape(writer, shape);
        }
    }

    /// <inheritdoc/>
    public override void LoadStateDict(BinaryReader reader)
    {
        StateFormat.ReadHeader(reader);
        var name = reader.ReadString();
        var parameters = new (torch.ScalarType, long[])[StateFormat.ReadCount(reader)];
        for (var i = 0; i < parameters.Length; i++)
            parameters[i] = ((torch.ScalarType)reader.ReadInt32(), StateFormat.ReadShape(reader));
        if (Difference(wrapper, name, parameters) is { } difference)
            throw new InvalidDataException(difference);
    }

    /// <inheritdoc/>
    public override void LoadStateDict(TorchOptions source) =>
        throw new NotSupportedException("Whose a state is belongs to the whole of it: load it with load_state_dict of the optimizer.");

    private static string Print((torch.ScalarType Type, long[] Shape) parameter) => $"{parameter.Type} of shape [{string.Join(", ", parameter.Shape)}]";
}
