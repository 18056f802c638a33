using System.Collections.Immutable;
using System.Globalization;

namespace Rllc.Spec;

/// <summary>The rules of the spec language. Rules of the declaring class are the generator's own.</summary>
public static class SpecRules
{
    /// <summary>A character that the language has no use for at that place.</summary>
    public static readonly Rule UnexpectedCharacter = Error("001", "Unexpected character", "Unexpected '{0}'{1}");

    /// <summary>A name other than M and CM.</summary>
    public static readonly Rule UnknownPropagator = Error("002", "Unknown propagator", "'{0}' is not a propagator{1}");

    /// <summary>An argument that is no finite number.</summary>
    public static readonly Rule MalformedNumber = Error("003", "Malformed number", "'{0}' is not a finite number{1}");

    /// <summary>A number without the parentheses around it.</summary>
    public static readonly Rule MissingParenthesis = Error("004", "Missing parenthesis", "A parenthesis is missing in '{0}'{1}");

    /// <summary>An order of 0, or above <see cref="PropagatorSpec.MaxUnits"/>.</summary>
    public static readonly Rule OrderOutOfRange = Error("005", "Order out of range", "The order '{0}' is out of range, it is 1 to {1}");

    /// <summary>An empty spec, a separator without a term beside it, two terms without a separator.</summary>
    public static readonly Rule MissingTerm = Error("006", "Missing term", "{0}{1}");

    /// <summary>Two units, and so two properties of the law, of one name.</summary>
    public static readonly Rule DuplicateLabel = Error("007", "Duplicate label", "Two units of the memory are named '{0}'{1}");

    /// <summary>A label that cannot be a property of the law.</summary>
    public static readonly Rule InvalidLabel = Error("008", "Invalid label", "'{0}' cannot be a label, {1}{2}");

    /// <summary>A complex eigenvalue in a real block.</summary>
    public static readonly Rule ComplexArgument = Error("010", "Complex argument of M",
        "'{0}' has a complex argument, M takes a real one{1}");

    /// <summary>A real eigenvalue in a complex block, whose second unit would stay zero.</summary>
    public static readonly Rule RealArgument = Error("011", "Real argument of CM",
        "The imaginary part in '{0}' is zero, every second unit would stay zero{1}");

    /// <summary>An eigenvalue outside the unit circle.</summary>
    public static readonly Rule Unstable = Error("012", "Unstable memory",
        "The memory grows without bound, the absolute value of '{0}' is {1} and must be below 1");

    /// <summary>An eigenvalue on the unit circle.</summary>
    public static readonly Rule Marginal = Warning("013", "Marginal memory",
        "The memory never forgets, the absolute value of '{0}' is 1 and should be below 1");

    /// <summary>One eigenvalue in two blocks, whose Gram matrix is singular for ever.</summary>
    public static readonly Rule RepeatedEigenvalue = Error("014", "Repeated eigenvalue",
        "'{0}' has the same float32 eigenvalue as '{1}', so the Gram matrix is singular; write one block '{2}' in place of both");

    /// <summary>Units that are nearly linearly dependent.</summary>
    public static readonly Rule IllConditioned = Warning("015", "Ill-conditioned memory",
        "The units of the memory are nearly linearly dependent, cond(S) is {0}; the closest are in {1}, {2}");

    /// <summary>More than <see cref="PropagatorSpec.MaxUnits"/> units.</summary>
    public static readonly Rule TooManyUnits = Error("016", "Too many units", "The memory has {0} units, it can have {1}");

    /// <summary>Every rule of the language, by id.</summary>
    public static ImmutableArray<Rule> All { get; } = ImmutableArray.Create(
        UnexpectedCharacter, UnknownPropagator, MalformedNumber, MissingParenthesis, OrderOutOfRange, MissingTerm, DuplicateLabel,
        InvalidLabel, ComplexArgument, RealArgument, Unstable, Marginal, RepeatedEigenvalue, IllConditioned, TooManyUnits);

    /// <summary>How messages end that have a suggestion.</summary>
    internal static string DidYouMean(string? suggestion) => suggestion is null ? "" : $"; did you mean '{suggestion}'?";

    /// <summary>A count as an argument of a message.</summary>
    internal static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static Rule Error(string number, string title, string message) => new("RLLC" + number, title, message, RuleSeverity.Error);

    private static Rule Warning(string number, string title, string message) => new("RLLC" + number, title, message, RuleSeverity.Warning);
}
