using System.Collections.Immutable;
using Rllc.Spec;

namespace Rllc.Generators;

/// <summary>The rules of the methods that a class with [MemoryRule] has.</summary>
internal static class RuleMethodRules
{
    public static readonly Rule NoMethod = Error("RLLC070", "Memory rule is missing",
        "Class '{0}' has {1} method '{2}': [MemoryRule] names one that the class itself has");

    public static readonly Rule RuleShape = Error("RLLC071", "Method is no memory rule",
        "'{0}' cannot be a memory rule: {1}");

    public static readonly Rule NumberNotPrepared = Error("RLLC072", "Number is not prepared",
        "No method prepares '{0}': {1}");

    public static readonly Rule PrepareShape = Error("RLLC073", "Method prepares no step",
        "'{0}' cannot prepare a step: {1}");

    public static readonly Rule UnitName = Error("RLLC074", "Name of a unit is taken",
        "'{0}' cannot be the name of a unit: {1}");

    /// <summary>Every rule of this table, in order of its id.</summary>
    public static readonly ImmutableArray<Rule> All = ImmutableArray.Create(NoMethod, RuleShape, NumberNotPrepared, PrepareShape, UnitName);

    private static Rule Error(string id, string title, string message) => new(id, title, message, RuleSeverity.Error);
}
