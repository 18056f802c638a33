namespace Rllc.Generators;

/// <summary>An optimizer whose memory a method of its class updates.</summary>
/// <param name="HintName"><inheritdoc/></param>
/// <param name="Type"><inheritdoc/></param>
/// <param name="Host"><inheritdoc/></param>
/// <param name="Hyperparameters"><inheritdoc/></param>
/// <param name="Units">The units in order.</param>
/// <param name="State">The names of what is kept for each parameter, in the order of memory: the units, as far as they are, and hidden state.</param>
/// <param name="Methods">The methods.</param>
/// <param name="Signatures">Those that are to be declared.</param>
/// <param name="IsFixed">Whether the law never learns: then a unit that is made afresh need not be kept.</param>
internal sealed record RulePlan(
    string HintName, TypePath Type, Host Host, EquatableArray<Hyperparameter> Hyperparameters, EquatableArray<UnitPlan> Units,
    EquatableArray<string> State, RuleMethods Methods, EquatableArray<string> Signatures, bool IsFixed)
    : ClassPlan(HintName, Type, Host, Hyperparameters)
{
    /// <summary>Where something is in memory; −1 where it is not kept.</summary>
    /// <param name="name">The name of a unit or of hidden state.</param>
    public int PlaceOf(string name) => State.ToList().IndexOf(name);

    /// <summary>What is read in a step, in the order of memory.</summary>
    public IEnumerable<RuleArgument> Read => Methods.Arguments
        .Where(argument => argument.Kind is RuleArgumentKind.KeptUnit or RuleArgumentKind.Hidden)
        .OrderBy(argument => PlaceOf(argument.Name));
}
