using TorchSharp.Modules;
using TorchGroup = TorchSharp.Modules.ParamGroup;
using TorchOptions = TorchSharp.Modules.OptimizerOptions;

namespace Rllc;

public abstract partial class TorchOptimizer
{
    /// <summary>
    /// Adds a group. The memory, the laws and the step count of the parameters before it stay what they are; that of its own
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
        Add([param_group], _laws[0].Host.CurrentOptions);
    }

    private void Add(TorchGroup[] groups, OptimizerOptions options)
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

    private void AddParameters(TorchGroup[] groups, Parameter[][] members, OptimizerOptions options)
    {
        var parameters = _parameters.ToList();
        LawParameters[] laws;
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
            laws = NewLaws(_hosts, [.. parameters], options);
        }
        catch
        {
            foreach (var parameter in parameters.Skip(_parameters.Length))
                parameter.Dispose();
            throw;
        }
        foreach (var law in _laws.Except(laws))
            law.Host.Dispose();
        foreach (var parameter in parameters.Skip(_parameters.Length))
            _state[parameter.Handle] = new ParameterState(this, parameter.Parameter, parameter.Position);
        (_parameters, _laws) = ([.. parameters], laws);
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
                $"Options of type {other.GetType().FullName} are those of another kind of optimizer: make the group a {nameof(TorchOptimizer)}.{nameof(ParamGroup)}."),
        };
        var learningRate = OptimizerOptionsValidation.AtLeastZero(options.LearningRate ?? defaults.LearningRate!.Value, nameof(options.LearningRate));
        var weightDecay = OptimizerOptionsValidation.AtLeastZero(options.WeightDecay ?? defaults.WeightDecay!.Value, nameof(options.WeightDecay));
        return (options, new GroupOptions { LearningRate = learningRate, InitialLearningRate = learningRate, WeightDecay = weightDecay });
    }

    /// <summary>The laws of all parameters, with the state of those that there are.</summary>
    private LawParameters[] NewLaws(LawHosts hosts, TrackedParameter[] parameters, OptimizerOptions options)
    {
        TrackedParameter[][] parts = _lawScope switch
        {
            LawScope.Global => [parameters],
            LawScope.ParameterGroup => [.. parameters.GroupBy(parameter => parameter.Group).Select(group => group.ToArray())],
            _ => [.. parameters.Select(parameter => new[] { parameter })],
        };
        var laws = new LawParameters[parts.Length];
        try
        {
            for (var i = 0; i < laws.Length; i++)
            {
                var old = i < _laws.Length ? _laws[i] : null;
                laws[i] = old is null ? NewLaw(hosts, parts[i], options)
                    : old.Parameters.Length == parts[i].Length ? old
                    : Extend(hosts, old, parts[i], options);
            }
            return laws;
        }
        catch
        {
            foreach (var law in laws.Except(_laws))
                law?.Host.Dispose();
            throw;
        }
    }

    private static LawParameters NewLaw(LawHosts hosts, TrackedParameter[] parameters, OptimizerOptions options) =>
        new(parameters, hosts.Create(LawParameters.LengthsOf(parameters), options));

    /// <summary>A law of more parameters, with the state of those that there are.</summary>
    private static LawParameters Extend(LawHosts hosts, LawParameters old, TrackedParameter[] parameters, OptimizerOptions options)
    {
        var state = hosts.CreateOnCpu(LawParameters.LengthsOf(parameters), options);
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
