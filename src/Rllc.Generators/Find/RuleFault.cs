using Microsoft.CodeAnalysis;
using Rllc.Spec;

namespace Rllc.Generators;

/// <summary>A rule that the methods of a class with [MemoryRule] break.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Location">The characters at fault.</param>
/// <param name="Arguments">What the rule's message format is filled with.</param>
internal sealed record RuleFault(Rule Rule, Location Location, params string[] Arguments);
