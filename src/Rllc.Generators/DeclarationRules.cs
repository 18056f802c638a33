using System.Collections.Immutable;
using Rllc.Spec;

namespace Rllc.Generators;

/// <summary>The rules of the class and the hyperparameters around a spec; those of the spec itself are <see cref="SpecRules"/>.</summary>
internal static class DeclarationRules
{
    public static readonly Rule ClassNotPartial = Error("RLLC020", "Class is not partial",
        "Class '{0}' must be partial: its memory and its step are generated into it");

    public static readonly Rule ClassIsStatic = Error("RLLC021", "Class is static",
        "Class '{0}' cannot be static: an optimizer is an object with a memory");

    public static readonly Rule ClassIsAbstract = Error("RLLC022", "Class is abstract",
        "Class '{0}' cannot be abstract: what is generated into it makes it complete");

    public static readonly Rule ClassIsGeneric = Error("RLLC023", "Class is generic",
        "Class '{0}' can neither be generic nor be nested in a generic type: '{1}' has type parameters");

    public static readonly Rule OuterTypeNotPartial = Error("RLLC024", "Containing type is not partial",
        "Class '{0}' is nested in '{1}', which must be partial too");

    public static readonly Rule UnsupportedKindOfClass = Error("RLLC025", "Class is a record or file-local",
        "Class '{0}' cannot be {1}: {2}");

    public static readonly Rule BaseIsNoHost = Error("RLLC026", "Base class is no host",
        "Class '{0}' cannot derive from '{1}': leave the base out, or derive from Optimizer or TorchOptimizer");

    public static readonly Rule HostNotReferenced = Error("RLLC027", "Host's package is not referenced",
        "Class '{0}' derives from {1}, but the package {2} is not referenced");

    public static readonly Rule ClassHasMembersName = Error("RLLC028", "Class has the name of a generated member",
        "Class '{0}' cannot have this name: a member '{0}' is generated into it");

    public static readonly Rule LawLength = Error("RLLC030", "Law has the wrong length",
        "{0} needs one coefficient per memory unit, {2} ({3}), but has {1}");

    public static readonly Rule HyperparameterOutOfRange = Error("RLLC031", "Hyperparameter is out of range",
        "{0} must be {1}, but is {2}");

    public static readonly Rule DelayedTimingConflict = Error("RLLC032", "Delayed timing can neither clip nor skip",
        "Delayed timing cannot {0}: it learns the gradient's norm only while it writes; {1}");

    public static readonly Rule WithoutPropagator = new("RLLC033", "Attribute without a propagator",
        "Class '{0}' has [{1}] but no [Propagator]: nothing reads it", RuleSeverity.Warning);

    public static readonly Rule FixedLawDoesNotLearn = Error("RLLC034", "Fixed law does not learn",
        "{0} is for a law that learns, and [FixedLaw] keeps this one as it is: leave {0} out");

    public static readonly Rule NotEquivalent = Error("RLLC035", "Optimizers are not equivalent",
        "'{0}' is not equivalent to '{1}': the weights of past gradients differ first at t = {2}, {3} here and {4} there");

    public static readonly Rule NoFixedLaw = Error("RLLC036", "No fixed law to compare",
        "'{0}' has no [Propagator] with [FixedLaw]: only fixed laws can be proved equivalent");

    public static readonly Rule PlainSeparator = new("RLLC040", "Separator is a plus sign",
        "'{0}' can be written as '⊕'", RuleSeverity.Hidden);

    public static readonly Rule AdamCoefficientOutOfRange = Error("RLLC060", "Coefficient is out of range",
        "{0} must be {1}, but is {2}");

    public static readonly Rule SeveralFormulas = Error("RLLC061", "Several formulas on one class",
        "Class '{0}' has [{1}] and [{2}]: an optimizer steps by one of them");

    public static readonly Rule CriticalWithoutAdam = Error("RLLC062", "Buffer without a formula",
        "Class '{0}' has [{1}] but none of [Adam], [AdamW], [RmsProp] and [Sgd]: nothing fills the buffer");

    public static readonly Rule CriticalOutOfRange = Error("RLLC063", "Buffer is out of range",
        "{0} must be {1}, but is {2}");

    public static readonly Rule BaseIsNoHostOfAdam = Error("RLLC064", "Base class does not step by Adam",
        "Class '{0}' has [{1}] and cannot derive from '{2}': leave the base out, or derive from MomentOptimizer or TorchMomentOptimizer");

    public static readonly Rule HyperparameterOfLinearMemory = Error("RLLC065", "Hyperparameter of a linear memory",
        "{0} is for the law of a linear memory, and [{1}] has none: leave {0} out");

    public static readonly Rule MomentaWithoutAdam = Error("RLLC066", "Critical momenta without an Adam",
        "Class '{0}' has [CriticalMomenta] with [{1}], which keeps no mean of its gradients: use [CriticalGradients]");

    /// <summary>Every rule of this table, in order of its id.</summary>
    public static readonly ImmutableArray<Rule> All = ImmutableArray.Create(
        ClassNotPartial, ClassIsStatic, ClassIsAbstract, ClassIsGeneric, OuterTypeNotPartial, UnsupportedKindOfClass,
        BaseIsNoHost, HostNotReferenced, ClassHasMembersName,
        LawLength, HyperparameterOutOfRange, DelayedTimingConflict, WithoutPropagator, FixedLawDoesNotLearn, NotEquivalent, NoFixedLaw,
        PlainSeparator,
        AdamCoefficientOutOfRange, SeveralFormulas, CriticalWithoutAdam, CriticalOutOfRange, BaseIsNoHostOfAdam, HyperparameterOfLinearMemory, MomentaWithoutAdam);

    private static Rule Error(string id, string title, string message) => new(id, title, message, RuleSeverity.Error);
}
