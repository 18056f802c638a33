using TorchSharp;
using TorchSharp.Modules;
using TorchGroup = TorchSharp.Modules.ParamGroup;

namespace Rllc;

/// <summary>
/// What steps of another optimizer are made of something else with. The groups are that one's, so that schedulers work on either; so are
/// its state and its disposal, which stays its owner's.
/// </summary>
public abstract class TorchWrapper : OptimizerHelper
{
    private protected TorchWrapper(torch.optim.Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        Wrapped = optimizer as OptimizerHelper ?? throw new ArgumentException(
            $"{optimizer.GetType().Name} decides for itself how often it computes the gradient, or has no state dict: it cannot be wrapped.", nameof(optimizer));
        CheckParameters(Parameters());
        TakeOverGroups();
    }

    /// <summary>The wrapped optimizer.</summary>
    public OptimizerHelper Wrapped { get; }

    /// <summary>The wrapped optimizer's groups.</summary>
    public override IEnumerable<torch.optim.ILearningRateController> ParamGroups => Wrapped.ParamGroups;

    /// <summary>The wrapped optimizer's parameters.</summary>
    public override IEnumerable<Parameter> parameters() => Wrapped.parameters();

    /// <summary>Sets the gradients of all parameters to zero.</summary>
    public override void zero_grad() => Wrapped.zero_grad();

    /// <summary>Adds a group to the wrapped optimizer.</summary>
    /// <param name="param_group">The group, as that optimizer takes it.</param>
    /// <exception cref="ArgumentException">A parameter is of a type that the wrapper does not take.</exception>
    public override void add_param_group(TorchGroup param_group)
    {
        ArgumentNullException.ThrowIfNull(param_group);
        CheckParameters(param_group.Parameters);
        Wrapped.add_param_group(param_group);
        TakeOverGroups();
    }

    /// <summary>The wrapped optimizer's state, behind an entry that says of which optimizer and which parameters it is.</summary>
    public override StateDictionary state_dict()
    {
        var dictionary = Wrapped.state_dict();
        dictionary.Options.Insert(0, new WrapperState(this));
        // One list for each of the options, as before.
        dictionary.StateIndexRef.Insert(0, []);
        return dictionary;
    }

    /// <summary>Takes over the state of a wrapper of the same kind around an optimizer of the same class.</summary>
    /// <param name="state_dict">What state_dict() of the other wrapper returned.</param>
    /// <exception cref="ArgumentException">It is of another kind, or of other parameters; nothing is changed.</exception>
    public override void load_state_dict(StateDictionary state_dict)
    {
        ArgumentNullException.ThrowIfNull(state_dict);
        if (state_dict.Options.FirstOrDefault() is not WrapperState { Wrapper: var other } || other.GetType() != GetType())
            throw new ArgumentException($"The state is not that of a {GetType().Name}.", nameof(state_dict));
        if (other == this)
            return;
        if (WrapperState.Difference(this, WrapperState.NameOf(other), WrapperState.TypesAndShapes(other)) is { } difference)
            throw new ArgumentException(difference, nameof(state_dict));
        Wrapped.load_state_dict(other.Wrapped.state_dict());
        CopyStateOf(other);
    }

    /// <summary>The parameters, group by group, as they are now.</summary>
    internal Parameter[] Parameters() => [.. Wrapped.parameters()];

    /// <summary>Refuses parameters that the wrapper cannot serve.</summary>
    private protected virtual void CheckParameters(IEnumerable<Parameter> parameters)
    {
    }

    /// <summary>Takes over what a wrapper of the same class has besides the wrapped optimizer's state.</summary>
    private protected virtual void CopyStateOf(TorchWrapper other)
    {
    }

    /// <summary>Calls a closure with gradients enabled.</summary>
    private protected static torch.Tensor Evaluate(Func<torch.Tensor> closure)
    {
        using var enabled = torch.enable_grad();
        return closure();
    }

    /// <summary>Where a parameter has a gradient, and is not frozen, that gradient, to be disposed; null elsewhere.</summary>
    /// <exception cref="InvalidOperationException">It is sparse.</exception>
    private protected static torch.Tensor? GradientOf(Parameter parameter)
    {
        var gradient = parameter.requires_grad ? parameter.grad : null;
        if (gradient is null || !gradient.is_sparse)
            return gradient?.DetachFromDisposeScope();
        gradient.Dispose();
        throw new InvalidOperationException("A parameter has a sparse gradient: make the embedding with sparse: false.");
    }

    // What is not virtual in the base class, such as to(device), works on these.
    private void TakeOverGroups()
    {
        _parameter_groups = [.. Wrapped.ParamGroups.Cast<TorchGroup>()];
        var dictionary = Wrapped.state_dict();
        // Wrappers within wrappers have lists of their own in front.
        foreach (var (group, indices) in _parameter_groups.Zip(dictionary.StateIndexRef.TakeLast(_parameter_groups.Count)))
            foreach (var (parameter, index) in group.Parameters.Zip(indices))
                _state[parameter.Handle] = dictionary.State[index];
    }
}
