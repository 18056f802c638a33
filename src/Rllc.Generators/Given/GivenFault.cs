using System.Globalization;
using Rllc.Spec;

namespace Rllc.Generators;

/// <summary>One broken rule of a given memory and where it is broken.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Place">The argument at fault.</param>
/// <param name="Element">The element of the argument at fault, counted from 0; null for all of it.</param>
/// <param name="Arguments">What the rule's message is filled with.</param>
internal sealed record GivenFault(Rule Rule, GivenPlace Place, int? Element, params string[] Arguments)
{
    /// <summary>The message.</summary>
    public string Message => string.Format(CultureInfo.InvariantCulture, Rule.MessageFormat, Arguments);
}

/// <summary>A part of a [LinearMemory] attribute.</summary>
internal enum GivenPlace
{
    /// <summary>The argument B.</summary>
    B,

    /// <summary>The argument a.</summary>
    a,

    /// <summary>The attribute's name.</summary>
    Name,
}
