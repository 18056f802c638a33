namespace Rllc;

public abstract partial class TorchOptimizer
{
    private StagedLoad? _load;

    /// <summary>
    /// The state, as save_state_dict writes it: the options of the groups; the laws and options of the optimizer; then the memory,
    /// parameter by parameter. It is a view of the optimizer's own.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    public override StateDictionary state_dict()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        foreach (var parameter in _parameters)
            parameter.Address();
        var dictionary = base.state_dict();
        dictionary.State.Insert(0, new OptimizerLawState(this));
        foreach (var indices in dictionary.StateIndexRef)
            for (var i = 0; i < indices.Count; i++)
                indices[i]++;
        return dictionary;
    }

    /// <summary>
    /// Takes over the state of another optimizer of the same class: rates, laws, options, memory and step count; the number of
    /// threads stays the optimizer's own. Nothing is changed where it is refused.
    /// </summary>
    /// <param name="state_dict">What state_dict() of the other optimizer returned.</param>
    /// <exception cref="ArgumentException">The optimizers have different memories, law scopes, groups, or names or shapes of parameters.</exception>
    public override void load_state_dict(StateDictionary state_dict)
    {
        ArgumentNullException.ThrowIfNull(state_dict);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (state_dict.State.FirstOrDefault() is not OptimizerLawState { Optimizer: var other })
            throw new ArgumentException("The state is that of another kind of optimizer.", nameof(state_dict));
        if (other == this)
            return;
        CheckSameAs(other);
        var laws = NewLaws(other);
        for (var group = 0; group < _parameter_groups.Count; group++)
            _parameter_groups[group].Options.LoadStateDict(other._parameter_groups[group].Options);
        Replace(laws);
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

    /// <summary>Writes the laws.</summary>
    internal void WriteLaws(BinaryWriter writer)
    {
        StateFormat.WriteHeader(writer);
        writer.Write((int)_lawScope);
        writer.Write(_laws.Length);
        foreach (var law in _laws)
            StateFormat.WriteTexts(writer, law.Optimizer.DescribeState());
    }

    /// <summary>Reads the laws into optimizers beside those in force.</summary>
    internal void StageLaws(BinaryReader reader) => Stage(load =>
    {
        StateFormat.ReadHeader(reader);
        if ((LawScope)reader.ReadInt32() is var scope && scope != _lawScope)
            throw new InvalidDataException($"The state has a law for each {scope}, the optimizer one for each {_lawScope}.");
        if (reader.ReadInt32() is var count && count != _laws.Length)
            throw new InvalidDataException(FormattableString.Invariant($"The state has {count} laws, the optimizer {_laws.Length}."));
        load.Laws = NewLaws(_laws[0].Optimizer.CurrentOptions);
        foreach (var law in load.Laws)
            law.Optimizer.RestoreState(StateFormat.ReadTexts(reader));
    });

    /// <summary>Writes a parameter's part of the memory.</summary>
    internal void WriteMemory(int position, BinaryWriter writer)
    {
        writer.Write(_parameters[position].Name);
        writer.Write(_parameters[position].Group);
        StateFormat.WriteShape(writer, _parameters[position].Shape);
        writer.Flush();
        var (law, tensor) = Find(_laws, position);
        law.Optimizer.WriteMemory(tensor, writer.BaseStream);
    }

    /// <summary>Reads a parameter's part of the memory; with the last parameter what has been read comes into force.</summary>
    internal void StageMemory(int position, BinaryReader reader)
    {
        Stage(load =>
        {
            CheckSame(position, reader.ReadString(), reader.ReadInt32(), StateFormat.ReadShape(reader));
            var (law, tensor) = Find(load.Laws, position);
            law.Optimizer.ReadMemory(tensor, reader.BaseStream);
            load.ParameterCount++;
        });
        if (_load!.ParameterCount < _parameters.Length)
            return;
        foreach (var (options, rates) in _load.Rates)
            options.LoadStateDict(rates);
        Replace(_load.Laws);
        _load = null;
    }

    /// <summary>Copies one parameter's part of a column of M.</summary>
    internal float[] CopyUnit(int unit, int position)
    {
        var column = new float[_parameters[position].Length];
        var (law, tensor) = Find(_laws, position);
        law.Optimizer.CopyUnit(unit, tensor, column);
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

    private void Replace(LawParameters[] laws)
    {
        foreach (var law in _laws)
            law.Optimizer.Dispose();
        _laws = laws;
    }

    /// <summary>Laws as those in force, with an empty memory.</summary>
    private LawParameters[] NewLaws(OptimizerOptions options) => NewLaws(_ => options, (_, _) => { });

    /// <summary>Laws as those in force, with the state of another optimizer.</summary>
    private LawParameters[] NewLaws(TorchOptimizer other) => NewLaws(
        i => other._laws[i].Optimizer.CurrentOptions with { Threads = _laws[i].Optimizer.CurrentOptions.Threads },
        (i, law) => law.Optimizer.CopyStateFrom(other._laws[i].Optimizer));

    private LawParameters[] NewLaws(Func<int, OptimizerOptions> options, Action<int, LawParameters> fill)
    {
        var laws = new List<LawParameters>();
        try
        {
            for (var i = 0; i < _laws.Length; i++)
            {
                laws.Add(NewLaw(_laws[i].Parameters, options(i)));
                fill(i, laws[i]);
            }
            return [.. laws];
        }
        catch
        {
            foreach (var law in laws)
                law.Optimizer.Dispose();
            throw;
        }
    }

    private void CheckSameAs(TorchOptimizer other)
    {
        ObjectDisposedException.ThrowIf(other._isDisposed, other);
        if (other.LinearMemory.ToString() != LinearMemory.ToString())
            throw new ArgumentException($"The state is of another memory: {other.LinearMemory.Spec}, the optimizer's is {LinearMemory.Spec}.");
        if (other._laws[0].Optimizer.MemoryFormat is var format && format != _laws[0].Optimizer.MemoryFormat)
            throw new ArgumentException($"The state has a memory in {format}, the optimizer keeps it in {_laws[0].Optimizer.MemoryFormat}.");
        if (other._lawScope != _lawScope)
            throw new ArgumentException($"The state has a law for each {other._lawScope}, the optimizer one for each {_lawScope}.");
        if (other._parameter_groups.Count != _parameter_groups.Count || other._parameters.Length != _parameters.Length)
            throw new ArgumentException(FormattableString.Invariant(
                $"The state has {other._parameters.Length} parameters in {other._parameter_groups.Count} groups, the optimizer {_parameters.Length} in {_parameter_groups.Count}."));
        foreach (var parameter in other._parameters)
            if (Difference(_parameters[parameter.Position], parameter.Name, parameter.Group, parameter.Shape) is { } difference)
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

    private static (LawParameters Law, int Tensor) Find(LawParameters[] laws, int position)
    {
        foreach (var law in laws)
            if (Array.FindIndex(law.Parameters, parameter => parameter.Position == position) is var tensor and >= 0)
                return (law, tensor);
        throw new InvalidOperationException("The laws of a state are read before its memory.");
    }
}
