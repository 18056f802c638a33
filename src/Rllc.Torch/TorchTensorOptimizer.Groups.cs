using TorchSharp.Modules;
using TorchGroup = TorchSharp.Modules.ParamGroup;
using TorchOptions = TorchSharp.Modules.OptimizerOptions;

namespace Rllc;

public abstract partial class TorchTensorOptimizer
{
    /// <summary>
    /// Adds a group. The memory, the law and the step counts of the parameters before it stay what they are; that of its own
    /// parameters is empty.
    /// </summary>
    /// <param name="param_group">
    /// A <see cref="ParamGroup"/>, or a plain one of TorchSharp, whose options become <see cref="GroupOptions"/>. Its parameters are
    /// enumerated once.
    /// </param>
    /// <exception cref="ArgumentException">A parameter does not fit, is on another device or is the optimizer's already, a rate is out of range, or the options are another optimizer's.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    public override void add_param_group(TorchGroup param_group)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        Add([param_group], _parts[0].Host.CurrentOptions);
    }

    private void Add(TorchGroup[] groups, TensorOptimizerOptions options)
    {
        var members = new Parameter[groups.Length][];
        var own = new (GroupOptions Options, GroupOptions Rates)[groups.Length];
        for (var i = 0; i < groups.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(groups[i], "param_group");
            own[i] = OptionsOf(groups[i]);
            members[i] = [.. groups[i].Parameters ?? throw new ArgumentException("The group has no list of parameters.")];
            if (members[i].Length == 0)
                throw new ArgumentException("There are no parameters to optimize in the group.");
        }
        AddParameters(groups, members, options);
        for (var i = 0; i < groups.Length; i++)
        {
            own[i].Options.LoadStateDict(own[i].Rates);
            (groups[i].Parameters, groups[i].Options, own[i].Options.Owner) = (members[i], own[i].Options, this);
            _parameter_groups.Add(groups[i]);
        }
    }

    private void AddParameters(TorchGroup[] groups, Parameter[][] members, TensorOptimizerOptions options)
    {
        var parameters = _parameters.ToList();
        ParameterPart[] parts;
        try
        {
            for (var i = 0; i < groups.Length; i++)
            {
                var names = (groups[i] as ParamGroup)?.Names;
                for (var j = 0; j < members[i].Length; j++)
                    parameters.Add(new TrackedParameter(members[i][j], names?[j] ?? "", parameters.Count, _parameter_groups.Count + i, _masterWeights));
            }
            Tracking.Check(parameters);
            _hosts ??= NewHosts(parameters[0].Device);
            parts = NewParts(_hosts, [.. parameters], options);
        }
        catch
        {
            foreach (var parameter in parameters.Skip(_parameters.Length))
                parameter.Dispose();
            throw;
        }
        foreach (var part in _parts.Except(parts))
            part.Host.Dispose();
        foreach (var parameter in parameters.Skip(_parameters.Length))
            _state[parameter.Handle] = new ParameterState(this, parameter.Parameter, parameter.Position);
        (_parameters, _parts) = ([.. parameters], parts);
        _places = new([.. parameters.Select(parameter => parameter.Length)]);
        _hasMasters = parameters.Any(parameter => parameter.Master is not null);
    }

    /// <summary>The options that a group is to have, new ones where it comes with plain ones, and the rates that are to be in them.</summary>
    private (GroupOptions Options, GroupOptions Rates) OptionsOf(TorchGroup group)
    {
        var defaults = (GroupOptions)_defaults;
        var options = group.Options switch
        {
            null => new GroupOptions(),
            GroupOptions own => own,
            TorchOptions plain when plain.GetType() == typeof(TorchOptions) && group.GetType() == typeof(TorchGroup) =>
                new GroupOptions { LearningRate = plain.LearningRate },
            var other => throw new ArgumentException(
                $"Options of type {other.GetType().FullName} are those of another kind of optimizer: make the group a {nameof(TorchTensorOptimizer)}.{nameof(ParamGroup)}."),
        };
        var learningRate = OptimizerOptionsValidation.AtLeastZero(options.LearningRate ?? defaults.LearningRate!.Value, nameof(options.LearningRate));
        var weightDecay = OptimizerOptionsValidation.AtLeastZero(options.WeightDecay ?? defaults.WeightDecay!.Value, nameof(options.WeightDecay));
        return (options, new GroupOptions { LearningRate = learningRate, InitialLearningRate = learningRate, WeightDecay = weightDecay });
    }

    /// <summary>The parts of all parameters, with the state of those that there are.</summary>
    private ParameterPart[] NewParts(TensorHosts hosts, TrackedParameter[] parameters, TensorOptimizerOptions options)
    {
        TrackedParameter[][] members = Scope switch
        {
            LawScope.Global => [parameters],
            LawScope.ParameterGroup => [.. parameters.GroupBy(parameter => parameter.Group).Select(group => group.ToArray())],
            _ => [.. parameters.Select(parameter => new[] { parameter })],
        };
        var parts = new ParameterPart[members.Length];
        try
        {
            for (var i = 0; i < parts.Length; i++)
            {
                var old = i < _parts.Length ? _parts[i] : null;
                parts[i] = old is null ? NewPart(hosts, members[i], options)
                    : old.Parameters.Length == members[i].Length ? old
                    : Extend(hosts, old, members[i], options);
            }
            return parts;
        }
        catch
        {
            foreach (var part in parts.Except(_parts))
                part?.Host.Dispose();
            throw;
        }
    }

    private static ParameterPart NewPart(TensorHosts hosts, TrackedParameter[] parameters, TensorOptimizerOptions options) =>
        new(parameters, hosts.Create(ParameterPart.LengthsOf(parameters), options));

    /// <summary>A part of more parameters, with the state of those that there are.</summary>
    private static ParameterPart Extend(TensorHosts hosts, ParameterPart old, TrackedParameter[] parameters, TensorOptimizerOptions options)
    {
        var state = hosts.CreateOnCpu(ParameterPart.LengthsOf(parameters), options);
        try
        {
            old.Host.CopyTo(state);
            return new(parameters, hosts.Create(state));
        }
        catch
        {
            state.Dispose();
            throw;
        }
    }
}
