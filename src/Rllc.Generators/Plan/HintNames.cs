namespace Rllc.Generators;

/// <summary>
/// The names of generated files: the full name of the class and the file's concern. The compiler refuses names that differ
/// in case only, so classes whose names do are numbered.
/// </summary>
internal static class HintNames
{
    /// <summary>The full name of a class without @, as in Some.Space.Outer.Name.</summary>
    public static string FullName(TypePath type) =>
        string.Join(".", new[] { type.Namespace }.Where(space => space.Length > 0)
            .Concat(type.ContainingTypes.Select(outer => outer.Name)).Append(type.Name)).Replace("@", "");

    /// <summary>Those of some full names that differ from an earlier one (in ordinal order) in case only, and their number.</summary>
    public static EquatableArray<NumberedName> Collisions(IEnumerable<string> fullNames) =>
        fullNames.GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .SelectMany(same => same.OrderBy(name => name, StringComparer.Ordinal).Select((name, index) => new NumberedName(name, index + 1)))
            .Where(name => name.Number > 1)
            .OrderBy(name => name.Name, StringComparer.Ordinal)
            .ToEquatableArray();

    /// <summary>The first part of the names of a class's files.</summary>
    public static string Prefix(TypePath type, EquatableArray<NumberedName> collisions)
    {
        var name = FullName(type);
        return collisions.FirstOrDefault(collision => collision.Name == name) is { } collision ? $"{name}-{collision.Number}" : name;
    }
}

/// <summary>A class whose name another one has in different case.</summary>
internal sealed record NumberedName(string Name, int Number);
