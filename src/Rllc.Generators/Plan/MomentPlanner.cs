namespace Rllc.Generators;

/// <summary>Plan for classes with [Adam], [AdamW], [RmsProp] or [Sgd].</summary>
internal static class MomentPlanner
{
    // That of torch.optim.AdamW.
    private static readonly Hyperparameter DecoupledDecay = new("WeightDecay", "0.01");

    // That of torch.optim.RMSprop.
    private static readonly Hyperparameter RmsPropRate = new("LearningRate", "0.01");

    /// <summary>The plan of one class.</summary>
    /// <param name="declaration">What the class declares.</param>
    /// <param name="collisions">The names in the project that need a number.</param>
    public static MomentPlan Plan(MomentDeclaration declaration, EquatableArray<NumberedName> collisions) => new(
        HintNames.Prefix(declaration.Type, collisions),
        declaration.Type,
        declaration.Host,
        declaration.Kind switch
        {
            MomentKind.RmsProp => "RMSprop",
            MomentKind.Sgd => "SGD",
            _ => declaration.IsDecoupled ? "AdamW" : "Adam",
        },
        declaration.Kind,
        declaration.IsDecoupled,
        Literals.Double(declaration.Beta1),
        Literals.Double(declaration.Beta2),
        Literals.Double(declaration.Epsilon),
        // Momenta beside another formula the analyzer refuses.
        declaration.Critical is { } critical && (declaration.Kind == MomentKind.Adam || !critical.HoldsMomenta) ? new(critical.HoldsMomenta, critical.Capacity, Literals.Double(critical.Decay), critical.IsReference) : null,
        Defaults(declaration).ToEquatableArray());

    private static IEnumerable<Hyperparameter> Own(MomentDeclaration declaration)
    {
        if (declaration.Kind == MomentKind.RmsProp)
            yield return RmsPropRate;
        if (declaration.IsDecoupled)
            yield return DecoupledDecay;
        // A step with a buffer asks for the norm anyway.
        if (declaration.Critical is { Capacity: > 0 })
            yield return new("SkipNonFinite", "true");
    }

    // What the class names comes after what its formula has. What only a law has the analyzer refuses.
    private static IEnumerable<Hyperparameter> Defaults(MomentDeclaration declaration) =>
        Own(declaration)
            .Where(own => declaration.Hyperparameters.All(hyperparameter => hyperparameter.Name != own.Name))
            .Concat(declaration.Hyperparameters.Where(hyperparameter => !LawHyperparameters.Names.Contains(hyperparameter.Name)));
}
