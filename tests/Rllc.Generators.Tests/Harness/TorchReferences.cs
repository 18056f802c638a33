using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Rllc.Generators.Tests.Harness;

/// <summary>
/// What a consumer with optimizers of TorchSharp's parameters references besides Rllc.Runtime: TorchSharp and Rllc.Torch, or
/// assemblies in memory that have the signatures of the two and nothing else.
/// </summary>
internal static class TorchReferences
{
    /// <summary>The signatures, compiled from the files of Surface.</summary>
    public static readonly ImmutableArray<MetadataReference> Surface = CompileSurface();

#if HAS_TORCH
    /// <summary>The assemblies themselves.</summary>
    public static readonly ImmutableArray<MetadataReference> Real =
    [
        MetadataReference.CreateFromFile(typeof(TorchSharp.torch).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(TorchOptimizer).Assembly.Location),
    ];

    /// <summary>All that generated code is to compile against.</summary>
    public static readonly ImmutableArray<ImmutableArray<MetadataReference>> All = [Surface, Real];
#else
    /// <summary>All that generated code is to compile against.</summary>
    public static readonly ImmutableArray<ImmutableArray<MetadataReference>> All = [Surface];
#endif

    private static ImmutableArray<MetadataReference> CompileSurface()
    {
        var torchSharp = Harness.Surface.Compile("TorchSharp", []);
        return [torchSharp, Harness.Surface.Compile("Rllc.Torch", [torchSharp])];
    }
}
