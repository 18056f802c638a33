namespace Rllc.Generators;

/// <summary>
/// One step of a linear memory as straight-line arithmetic, whatever it is printed for: M ← MB + gaᵀ without the zeros of B,
/// then θ ← θ − c₁·ML. Loads come in the order gradient, old units, parameter; stores in the order new units, parameter.
/// </summary>
/// <param name="Coefficients">The numbers that something is multiplied with, each once.</param>
/// <param name="OldUnits">The units whose old value the new ones are made of, ascending.</param>
/// <param name="Updates">How each unit's new value is made, for all units in order.</param>
internal sealed record KernelPlan(
    EquatableArray<Coefficient> Coefficients, EquatableArray<int> OldUnits, EquatableArray<UnitUpdate> Updates);

/// <summary>An entry of B that is neither 0, 1 nor −1.</summary>
/// <param name="Name">Its identifier.</param>
/// <param name="Literal">Its float literal, in the user's own digits.</param>
internal sealed record Coefficient(string Name, string Literal);

/// <summary>The new value of one unit, a sum.</summary>
/// <param name="Unit">The unit, counted from 0.</param>
/// <param name="Terms">The terms in the order they are added up; never empty.</param>
internal sealed record UnitUpdate(int Unit, EquatableArray<Term> Terms);

/// <summary>One term of a sum.</summary>
/// <param name="Operation">How it is added.</param>
/// <param name="Source">The identifier of what is added: the gradient or an old unit.</param>
/// <param name="Coefficient">The identifier of the coefficient of a <see cref="TermOperation.MultiplyAdd"/>, otherwise empty.</param>
internal sealed record Term(TermOperation Operation, string Source, string Coefficient);

/// <summary>How a term joins the sum of those before it.</summary>
internal enum TermOperation
{
    /// <summary>Coefficient 1: sum + source.</summary>
    Add,

    /// <summary>Coefficient −1: sum − source.</summary>
    Subtract,

    /// <summary>Any other: a fused sum + coefficient · source.</summary>
    MultiplyAdd,
}
