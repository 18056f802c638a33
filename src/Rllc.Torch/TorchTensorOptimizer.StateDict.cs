using TorchSharp;

namespace Rllc;

public abstract partial class TorchTensorOptimizer
{
    private const int BytesAtOnce = 1 << 16;

    private StagedLoad? _load;

    /// <summary>
    /// The state, as save_state_dict writes it: the options of the groups; what they share, such as laws and options; then the memory,
    /// parameter by parameter. It is a view of the optimizer's own.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    public override StateDictionary state_dict()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        foreach (var parameter in _parameters)
            parameter.Address();
        var dictionary = base.state_dict();
        dictionary.State.Insert(0, new SharedState(this));
        foreach (var indices in dictionary.StateIndexRef)
            for (var i = 0; i < indices.Count; i++)
                indices[i]++;
        return dictionary;
    }

    /// <summary>
    /// Takes over the state of another optimizer of the same class: rates, laws, options, memory, step counts and float32 copies of
    /// parameters, which are rounded to these; the number of threads stays the optimizer's own. Nothing is changed where it is refused.
    /// </summary>
    /// <param name="state_dict">What state_dict() of the other optimizer returned.</param>
    /// <exception cref="ArgumentException">The optimizers step by different formulas, or have different law scopes, groups, or names or shapes of parameters.</exception>
    public override void load_state_dict(StateDictionary state_dict)
    {
        ArgumentNullException.ThrowIfNull(state_dict);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (state_dict.State.FirstOrDefault() is not SharedState { Optimizer: var other })
            throw new ArgumentException("The state is that of another kind of optimizer.", nameof(state_dict));
        if (other == this)
            return;
        CheckSameAs(other);
        var parts = NewParts(CopyStates(other));
        SetMasters(position => other._parameters[position].Master!.Values);
        for (var group = 0; group < _parameter_groups.Count; group++)
            _parameter_groups[group].Options.LoadStateDict(other._parameter_groups[group].Options);
        Replace(parts);
    }

    /// <summary>Refuses to move the memory.</summary>
    /// <exception cref="NotSupportedException">The device is another one.</exception>
    internal void CheckDevice(torch.Device device)
    {
        if (device.type != _parameters[0].Device.type || (device.index >= 0 && device.index != _parameters[0].Device.index))
            throw new NotSupportedException(
                $"The memory cannot be moved to {device}, it is with the parameters on {_parameters[0].Device}: make an optimizer of the moved parameters, and load this one's state.");
    }

    /// <summary>Begins to load, or goes on to the next group.</summary>
    internal void StageRates(GroupOptions options, GroupOptions rates)
    {
        if (options == _parameter_groups[0].Options)
        {
            DropLoad();
            _load = new StagedLoad();
        }
        Stage(load =>
        {
            OptimizerOptionsValidation.AtLeastZero(rates.LearningRate!.Value, nameof(rates.LearningRate));
            OptimizerOptionsValidation.AtLeastZero(rates.WeightDecay!.Value, nameof(rates.WeightDecay));
            load.Rates[options] = rates;
        });
    }

    /// <summary>Writes what the parameters share.</summary>
    internal void WriteShared(BinaryWriter writer)
    {
        StateFormat.WriteHeader(writer);
        writer.Write((int)Scope);
        writer.Write(_parts.Length);
        foreach (var part in _parts)
            StateFormat.WriteTexts(writer, part.Host.DescribeState());
    }

    /// <summary>Reads what the parameters share into optimizers beside those in force.</summary>
    internal void StageShared(BinaryReader reader) => Stage(load =>
    {
        StateFormat.ReadHeader(reader);
        if ((LawScope)reader.ReadInt32() is var scope && scope != Scope)
            throw new InvalidDataException($"The state has a law for each {scope}, the optimizer one for each {Scope}.");
        if (reader.ReadInt32() is var count && count != _parts.Length)
            throw new InvalidDataException(FormattableString.Invariant($"The state has {count} laws, the optimizer {_parts.Length}."));
        load.States = NewStates(_ => _parts[0].Host.CurrentOptions, (_, state) => state.RestoreState(StateFormat.ReadTexts(reader)));
    });

    /// <summary>Writes a parameter's part of the memory.</summary>
    internal void WriteMemory(int position, BinaryWriter writer)
    {
        writer.Write(_parameters[position].Name);
        writer.Write(_parameters[position].Group);
        StateFormat.WriteShape(writer, _parameters[position].Shape);
        var master = _parameters[position].Master;
        writer.Write(master is not null);
        writer.Flush();
        if (master is not null)
        {
            using var numbers = master.Values.cpu();
            numbers.WriteBytesToStream(writer.BaseStream, BytesAtOnce);
        }
        var (part, tensor) = Find(position);
        _parts[part].Host.WriteMemory(tensor, writer.BaseStream);
    }

    /// <summary>Reads a parameter's part of the memory; with the last parameter what has been read comes into force.</summary>
    internal void StageMemory(int position, BinaryReader reader)
    {
        Stage(load =>
        {
            CheckSame(position, reader.ReadString(), reader.ReadInt32(), StateFormat.ReadShape(reader));
            if (MasterDifference(_parameters[position], reader.ReadBoolean()) is { } difference)
                throw new InvalidDataException(difference);
            if (_parameters[position].Master is not null)
            {
                load.Masters[position] = torch.empty(_parameters[position].Shape, torch.float32).DetachFromDisposeScope();
                load.Masters[position].ReadBytesFromStream(reader.BaseStream, BytesAtOnce);
            }
            var (part, tensor) = Find(position);
            if (load.States.Length == 0)
                throw new InvalidOperationException("What the parameters of a state share is read before its memory.");
            load.States[part].ReadMemory(tensor, reader.BaseStream);
            load.ParameterCount++;
        });
        if (_load!.ParameterCount < _parameters.Length)
            return;
        var parts = NewParts(_load.States);
        SetMasters(position => _load.Masters[position]);
        foreach (var (options, rates) in _load.Rates)
            options.LoadStateDict(rates);
        Replace(parts);
        // They are the parts' now.
        _load.States = [];
        DropLoad();
    }

    /// <summary>Copies one parameter's part of a column of M.</summary>
    internal float[] CopyUnit(int unit, int position)
    {
        var column = new float[_parameters[position].Length];
        var (part, tensor) = Find(position);
        _parts[part].Host.CopyUnit(unit, tensor, column);
        return column;
    }

    /// <summary>Does a part of a load. What has been read is dropped where it fails: a load begins anew with the first group.</summary>
    private void Stage(Action<StagedLoad> part)
    {
        try
        {
            part(_load ?? throw new InvalidOperationException("A state is loaded as a whole, with load_state_dict of the optimizer."));
        }
        catch
        {
            DropLoad();
            throw;
        }
    }

    private void DropLoad()
    {
        _load?.Dispose();
        _load = null;
    }

    private void Replace(ParameterPart[] parts)
    {
        foreach (var part in _parts)
            part.Host.Dispose();
        _parts = parts;
    }

    /// <summary>Replaces all float32 copies, and rounds them to the parameters.</summary>
    private void SetMasters(Func<int, torch.Tensor> values)
    {
        using var guard = torch.no_grad();
        foreach (var parameter in _parameters)
            parameter.Master?.Set(values(parameter.Position));
    }

    /// <summary>The parts of some states, which are theirs from then on.</summary>
    private ParameterPart[] NewParts(TensorOptimizer[] states)
    {
        var parts = new List<ParameterPart>();
        try
        {
            foreach (var state in states)
                parts.Add(new(_parts[parts.Count].Parameters, _hosts!.Create(state)));
            return [.. parts];
        }
        catch
        {
            foreach (var part in parts)
                part.Host.Dispose();
            foreach (var state in states)
                state.Dispose();
            throw;
        }
    }

    /// <summary>Copies the states of another optimizer.</summary>
    private TensorOptimizer[] CopyStates(TorchTensorOptimizer other) => NewStates(
        i => other._parts[i].Host.CurrentOptions with { Threads = _parts[i].Host.CurrentOptions.Threads },
        (i, state) => other._parts[i].Host.CopyTo(state));

    /// <summary>New states for all parts, on the CPU.</summary>
    private TensorOptimizer[] NewStates(Func<int, TensorOptimizerOptions> options, Action<int, TensorOptimizer> fill)
    {
        var states = new List<TensorOptimizer>();
        try
        {
            for (var i = 0; i < _parts.Length; i++)
            {
                states.Add(_hosts!.CreateOnCpu(_parts[i].Lengths, options(i)));
                fill(i, states[i]);
            }
            return [.. states];
        }
        catch
        {
            foreach (var state in states)
                state.Dispose();
            throw;
        }
    }

    private void CheckSameAs(TorchTensorOptimizer other)
    {
        ObjectDisposedException.ThrowIf(other._isDisposed, other);
        if (DifferenceFrom(other) is { } formula)
            throw new ArgumentException(formula);
        if (other._parts[0].Host.CurrentOptions.MemoryFormat is var format && _parts[0].Host.CurrentOptions.MemoryFormat is var own && format != own)
            throw new ArgumentException($"The state has a memory in {format}, the optimizer keeps it in {own}.");
        if (other.Scope != Scope)
            throw new ArgumentException($"The state has a law for each {other.Scope}, the optimizer one for each {Scope}.");
        if (other._parameter_groups.Count != _parameter_groups.Count || other._parameters.Length != _parameters.Length)
            throw new ArgumentException(FormattableString.Invariant(
                $"The state has {other._parameters.Length} parameters in {other._parameter_groups.Count} groups, the optimizer {_parameters.Length} in {_parameter_groups.Count}."));
        foreach (var parameter in other._parameters)
            if ((Difference(_parameters[parameter.Position], parameter.Name, parameter.Group, parameter.Shape)
                ?? MasterDifference(_parameters[parameter.Position], parameter.Master is not null)) is { } difference)
                throw new ArgumentException(difference);
    }

    private void CheckSame(int position, string name, int group, long[] shape)
    {
        if (Difference(_parameters[position], name, group, shape) is { } difference)
            throw new InvalidDataException(difference);
    }

    /// <summary>What tells a parameter from that of a state; null where they are the same. Names are compared where both have one.</summary>
    private static string? Difference(TrackedParameter parameter, string name, int group, long[] shape)
    {
        if (name.Length > 0 && parameter.Name.Length > 0 && name != parameter.Name)
            return $"The state has '{name}' where the optimizer has '{parameter.Name}'.";
        if (group != parameter.Group)
            return FormattableString.Invariant($"{parameter.Label} is in group {parameter.Group}, in the state it is in group {group}.");
        return shape.AsSpan().SequenceEqual(parameter.Shape)
            ? null
            : $"{parameter.Label} has the shape [{string.Join(", ", parameter.Shape)}], in the state it has [{string.Join(", ", shape)}].";
    }

    private static string? MasterDifference(TrackedParameter parameter, bool hasMaster) => (parameter.Master is not null, hasMaster) switch
    {
        (true, false) => $"{parameter.Label} has a float32 copy ({nameof(TorchOptimizerOptions.MasterWeights)}), in the state it has none.",
        (false, true) => $"{parameter.Label} has a float32 copy ({nameof(TorchOptimizerOptions.MasterWeights)}) in the state, the optimizer has none.",
        _ => null,
    };

    /// <summary>The number of a parameter's part, and that of its tensor there.</summary>
    private (int Part, int Tensor) Find(int position)
    {
        for (var part = 0; part < _parts.Length; part++)
            if (Array.FindIndex(_parts[part].Parameters, parameter => parameter.Position == position) is var tensor and >= 0)
                return (part, tensor);
        throw new ArgumentOutOfRangeException(nameof(position));
    }
}
