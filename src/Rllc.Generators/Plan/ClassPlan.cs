namespace Rllc.Generators;

/// <summary>What is to be printed for one class. All names and literals are ready.</summary>
/// <param name="HintName">What the names of its files start with.</param>
/// <param name="Type">The class.</param>
/// <param name="Host">Its base class.</param>
/// <param name="Hyperparameters">The defaults that it declares.</param>
internal abstract record ClassPlan(string HintName, TypePath Type, Host Host, EquatableArray<Hyperparameter> Hyperparameters);

/// <summary>An optimizer.</summary>
/// <param name="HintName"><inheritdoc/></param>
/// <param name="Type"><inheritdoc/></param>
/// <param name="Host"><inheritdoc/></param>
/// <param name="Hyperparameters"><inheritdoc/></param>
/// <param name="Memory">Its constants.</param>
/// <param name="Kernel">Its step.</param>
/// <param name="Given">How it goes together with the memory that the class gives by matrices; null where it has a spec.</param>
internal sealed record OptimizerPlan(
    string HintName, TypePath Type, Host Host, EquatableArray<Hyperparameter> Hyperparameters, MemoryPlan Memory, KernelPlan Kernel,
    GivenPlan? Given)
    : ClassPlan(HintName, Type, Host, Hyperparameters);

/// <summary>
/// Something that looks like an optimizer to the code around it, in place of one whose memory has errors: so that these are the
/// only errors to be seen.
/// </summary>
/// <param name="HintName"><inheritdoc/></param>
/// <param name="Type"><inheritdoc/></param>
/// <param name="Host"><inheritdoc/></param>
/// <param name="Hyperparameters"><inheritdoc/></param>
/// <param name="Error">The first broken rule and its message, as a literal.</param>
/// <param name="IsGiven">Whether the class gives its memory by matrices.</param>
/// <param name="Rule">Where the class has a memory rule, its methods as they are declared; null where it has none.</param>
internal sealed record StubPlan(
    string HintName, TypePath Type, Host Host, EquatableArray<Hyperparameter> Hyperparameters, string Error, bool IsGiven,
    EquatableArray<string>? Rule = null)
    : ClassPlan(HintName, Type, Host, Hyperparameters);

/// <summary>The constants of a memory.</summary>
/// <param name="Spec">The canonical spec.</param>
/// <param name="SpecLiteral">The same as a literal.</param>
/// <param name="Units">The units in order.</param>
/// <param name="B">The rows of B as literals, separated by commas.</param>
/// <param name="a">The entries of a likewise.</param>
/// <param name="S">The rows of S likewise.</param>
/// <param name="Report">What the memory is and costs, for people.</param>
internal sealed record MemoryPlan(
    string Spec,
    string SpecLiteral,
    EquatableArray<UnitPlan> Units,
    EquatableArray<string> B,
    string a,
    EquatableArray<string> S,
    string Report);

/// <summary>One unit of a memory.</summary>
/// <param name="Name">The name of its coefficient in the law.</param>
/// <param name="Description">What it is, in the spec language.</param>
internal sealed record UnitPlan(string Name, string Description);
