namespace Rllc.Spec;

/// <summary>How a broken rule is reported.</summary>
public enum RuleSeverity
{
    /// <summary>Nothing is wrong; editors offer to write it in another way, and nobody else sees it.</summary>
    Hidden,

    /// <summary>Nothing is wrong; it is good to know.</summary>
    Info,

    /// <summary>The declaration works, but probably not as its author hopes.</summary>
    Warning,

    /// <summary>The declaration has no meaning; no kernel is emitted.</summary>
    Error,
}

/// <summary>One rule that a declaration is checked against. Its page is <c>docs/rules/{Id}.md</c>.</summary>
/// <param name="Id">RLLCnnn; never reused.</param>
/// <param name="Title">One line for lists of rules.</param>
/// <param name="MessageFormat">The message, with .NET format items ({0}, {1}, …).</param>
/// <param name="Severity">Error or warning.</param>
public sealed record Rule(string Id, string Title, string MessageFormat, RuleSeverity Severity);
