namespace Rllc.Emulation.Tests;

/// <summary>A declared class takes options of its own: the same properties, with other defaults.</summary>
internal static class DeclaredOptions
{
    /// <summary>The values of some options as options of a declared class.</summary>
    /// <param name="declared">The type of the class's options.</param>
    /// <param name="options">The values.</param>
    public static object Of(Type declared, TensorOptimizerOptions options)
    {
        var own = Activator.CreateInstance(declared)!;
        foreach (var property in options.GetType().GetProperties().Where(property => property.CanWrite))
            property.SetValue(own, property.GetValue(options));
        return own;
    }
}
