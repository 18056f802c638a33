namespace Rllc;

public abstract partial class TorchTensorOptimizer
{
    /// <summary>
    /// Writes a .safetensors checkpoint (docs/checkpoints.md) with the rates of the groups, from which <see cref="load_checkpoint"/>
    /// continues with the same bits as if it had never stopped. The file is replaced as a whole or not at all.
    /// </summary>
    /// <param name="location">The file.</param>
    /// <param name="with_parameters">Whether to keep the parameters along; with master weights they are always, in float32.</param>
    /// <exception cref="InvalidOperationException">A parameter has been replaced, moved or disposed, or the run has diverged.</exception>
    /// <exception cref="NotSupportedException">There are several laws: a checkpoint holds one.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there before still is.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    public void save_checkpoint(string location, bool with_parameters = false)
    {
        ArgumentNullException.ThrowIfNull(location);
        var part = OnlyPart();
        part.CheckParameters();
        part.Host.Save(location, with_parameters || _hasMasters ? part.Parameters : [], GroupMetadata.Describe(_parameters, [.. _parameter_groups.Select(group => (GroupOptions)group.Options)]));
    }

    /// <summary>
    /// Restores what <see cref="save_checkpoint"/> wrote: memory, law, step count, options in force and rates of the groups; the
    /// number of threads stays the optimizer's own. Nothing is changed where the checkpoint is refused.
    /// </summary>
    /// <param name="location">The file.</param>
    /// <param name="with_parameters">Whether to restore the parameters too; with master weights they always are.</param>
    /// <exception cref="InvalidDataException">The checkpoint is truncated, damaged, or of another memory, or other parameters or groups; the message says which.</exception>
    /// <exception cref="InvalidOperationException">A parameter has been replaced, moved or disposed.</exception>
    /// <exception cref="NotSupportedException">There are several laws: a checkpoint holds one.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    public void load_checkpoint(string location, bool with_parameters = false)
    {
        ArgumentNullException.ThrowIfNull(location);
        var part = OnlyPart();
        part.CheckParameters();
        var groups = default(GroupMetadata)!;
        part.Host.Load(location, with_parameters || _hasMasters ? part.Parameters : [], metadata =>
        {
            groups = GroupMetadata.Read(metadata);
            CheckSame(groups);
        });
        SetMasters(position => _parameters[position].Numbers);
        for (var group = 0; group < _parameter_groups.Count; group++)
            _parameter_groups[group].Options.LoadStateDict(groups.Rates[group]);
    }

    private ParameterPart OnlyPart()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return Scope == LawScope.Global
            ? _parts[0]
            : throw new NotSupportedException($"A checkpoint holds one law, the optimizer has one for each {Scope}: use save_state_dict and load_state_dict.");
    }

    private void CheckSame(GroupMetadata groups)
    {
        if (groups.ParameterCount != _parameters.Length || groups.Rates.Length != _parameter_groups.Count)
            throw SafetensorsHeader.Refuse($"has {groups.ParameterCount} parameters in {groups.Rates.Length} groups, the optimizer {_parameters.Length} in {_parameter_groups.Count}");
        for (var position = 0; position < _parameters.Length; position++)
        {
            var (name, group, shape) = groups.Parameter(position);
            CheckSame(position, name, group, shape);
        }
    }
}
