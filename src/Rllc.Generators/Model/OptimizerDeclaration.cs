namespace Rllc.Generators;

/// <summary>What Find knows of a class with [Propagator]: all that the later stages need, and no symbol.</summary>
/// <param name="Type">Where the class is.</param>
/// <param name="Host">Its base class.</param>
/// <param name="Specs">The texts of its [Propagator] attributes in order.</param>
/// <param name="FixedLaw">The coefficients of its [FixedLaw] attribute; null where it has none, and the law learns.</param>
/// <param name="Hyperparameters">What its [Hyperparameters] attribute names.</param>
internal sealed record OptimizerDeclaration(
    TypePath Type, Host Host, EquatableArray<string> Specs, EquatableArray<double>? FixedLaw, EquatableArray<Hyperparameter> Hyperparameters);

/// <summary>A class to be extended. All names are ready to be printed: keywords carry their @.</summary>
/// <param name="Namespace">Its namespace; empty for the global one.</param>
/// <param name="ContainingTypes">The partial types it is nested in, outermost first.</param>
/// <param name="Name">Its name.</param>
internal sealed record TypePath(string Namespace, EquatableArray<ContainingType> ContainingTypes, string Name)
{
    /// <summary>Its full name in metadata, as in Some.Space.Outer+Name.</summary>
    public string MetadataName
    {
        get
        {
            var nested = string.Join("+", ContainingTypes.Select(outer => outer.Name).Append(Name));
            return (Namespace.Length == 0 ? nested : $"{Namespace}.{nested}").Replace("@", "");
        }
    }
}

/// <summary>A type that holds another one.</summary>
/// <param name="Keyword">class, struct, interface, record or record struct.</param>
/// <param name="Name">Its name.</param>
internal sealed record ContainingType(string Keyword, string Name);

/// <summary>A default that the class declares.</summary>
/// <param name="Name">The property of OptimizerOptions.</param>
/// <param name="Value">Its value as a C# expression.</param>
internal sealed record Hyperparameter(string Name, string Value);
