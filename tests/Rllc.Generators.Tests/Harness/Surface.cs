using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Rllc.Generators.Tests.Harness;

/// <summary>Assemblies in memory that have the signatures of others and nothing else, compiled from the files of Surface.</summary>
internal static class Surface
{
    /// <summary>Compiles the file of an assembly's name.</summary>
    /// <param name="name">The assembly's name.</param>
    /// <param name="references">What it references besides the framework and Rllc.Runtime.</param>
    public static PortableExecutableReference Compile(string name, ImmutableArray<MetadataReference> references)
    {
        var compilation = ConsumerProject.Of(File.ReadAllText(Path.Combine(TestProject.Folder, "Surface", $"{name}.cs"))).Referencing(references)
            .Compilation.WithAssemblyName(name);
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
