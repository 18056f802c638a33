namespace Rllc.Generators;

/// <summary>What Find knows of a class with [MemoryRule]: all that the later stages need, and no symbol.</summary>
/// <param name="Type">Where the class is.</param>
/// <param name="Host">Its base class.</param>
/// <param name="Methods">Its methods; null where they have an error.</param>
/// <param name="Error">The first broken rule and its message; null where there is none.</param>
/// <param name="Signatures">The methods as they are declared, for the parts that their author does not write.</param>
/// <param name="FixedLaw">The coefficients of its [FixedLaw] attribute; null where it has none, and the law learns.</param>
/// <param name="Hyperparameters">What its [Hyperparameters] attribute names.</param>
internal sealed record RuleDeclaration(
    TypePath Type,
    Host Host,
    RuleMethods? Methods,
    string? Error,
    EquatableArray<string> Signatures,
    EquatableArray<double>? FixedLaw,
    EquatableArray<Hyperparameter> Hyperparameters);

/// <summary>The methods of a memory rule.</summary>
/// <param name="Rule">The name of the rule.</param>
/// <param name="Arguments">What it takes, in order.</param>
/// <param name="Prepare">The name of the method that prepares a step; null where there is none.</param>
/// <param name="Numbers">The numbers that it gives, in order.</param>
/// <param name="Digest">A hash of their text.</param>
internal sealed record RuleMethods(string Rule, EquatableArray<RuleArgument> Arguments, string? Prepare, EquatableArray<string> Numbers, string Digest)
{
    /// <summary>The units of memory, in order.</summary>
    public IEnumerable<RuleArgument> Units => Arguments.Where(argument => argument.IsUnit);
}

/// <summary>A parameter of a memory rule.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Name">Its name.</param>
internal sealed record RuleArgument(RuleArgumentKind Kind, string Name)
{
    /// <summary>Whether it is a unit of memory.</summary>
    public bool IsUnit => Kind is RuleArgumentKind.NewUnit or RuleArgumentKind.KeptUnit;
}

/// <summary>What a parameter of a memory rule stands for.</summary>
internal enum RuleArgumentKind
{
    /// <summary>g.</summary>
    Gradient,

    /// <summary>A number of the step, the same for all parameters.</summary>
    Number,

    /// <summary>A unit that is made afresh in every step.</summary>
    NewUnit,

    /// <summary>A unit that is made from its old value.</summary>
    KeptUnit,

    /// <summary>Hidden state.</summary>
    Hidden,
}
