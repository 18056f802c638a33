namespace Rllc.Generators;

/// <summary>Plan for classes with [MemoryRule].</summary>
internal static class RulePlanner
{
    /// <summary>The plan of one class.</summary>
    /// <param name="declaration">What the class declares.</param>
    /// <param name="collisions">The names in the project that need a number.</param>
    public static ClassPlan Plan(RuleDeclaration declaration, EquatableArray<NumberedName> collisions)
    {
        var hintName = HintNames.Prefix(declaration.Type, collisions);
        if (declaration.Methods is not { } methods)
            return PlanStub(declaration, hintName, declaration.Error ?? "The memory rule is missing.");

        var units = methods.Units.ToList();
        var names = units.ConvertAll(unit => unit.Name);
        if (declaration.FixedLaw is { } law && law.Count != units.Count)
        {
            return PlanStub(declaration, hintName, $"{DeclarationRules.LawLength.Id}: {LawLength.Message(OptimizerPlanner.FixedLaw, law.Count, names)}");
        }

        var isFixed = declaration.FixedLaw is not null;
        var kept = isFixed ? units.Where(unit => unit.Kind == RuleArgumentKind.KeptUnit).Select(unit => unit.Name) : names;
        var hidden = methods.Arguments.Where(argument => argument.Kind == RuleArgumentKind.Hidden).Select(argument => argument.Name);
        return new RulePlan(
            hintName,
            declaration.Type,
            declaration.Host,
            OptimizerPlanner.Defaults(declaration.Hyperparameters, declaration.FixedLaw?.ToList()).ToEquatableArray(),
            names.Select(name => new UnitPlan(DeclarationFinder.Escape(name), $"unit {name}")).ToEquatableArray(),
            kept.Concat(hidden).ToEquatableArray(),
            methods,
            declaration.Signatures,
            isFixed);
    }

    private static StubPlan PlanStub(RuleDeclaration declaration, string hintName, string error) => new(
        hintName, declaration.Type, declaration.Host, declaration.Hyperparameters, Literals.String(error), IsGiven: false, declaration.Signatures);
}
