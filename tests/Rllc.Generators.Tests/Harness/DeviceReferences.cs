using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Rllc.Generators.Tests.Harness;

/// <summary>
/// What a consumer with optimizers on devices references besides Rllc.Runtime: ILGPU and Rllc.Kernels, or assemblies in memory that
/// have the signatures of the two and nothing else.
/// </summary>
internal static class DeviceReferences
{
    /// <summary>The signatures, compiled from the files of Surface.</summary>
    public static readonly ImmutableArray<MetadataReference> Surface = CompileSurface();

#if HAS_ILGPU
    /// <summary>The assemblies themselves.</summary>
    public static readonly ImmutableArray<MetadataReference> Real =
    [
        MetadataReference.CreateFromFile(typeof(ILGPU.Context).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Kernels.StepViews).Assembly.Location),
    ];

    /// <summary>All that generated code is to compile against.</summary>
    public static readonly ImmutableArray<ImmutableArray<MetadataReference>> All = [Surface, Real];
#else
    /// <summary>All that generated code is to compile against.</summary>
    public static readonly ImmutableArray<ImmutableArray<MetadataReference>> All = [Surface];
#endif

    private static ImmutableArray<MetadataReference> CompileSurface()
    {
        var ilgpu = Harness.Surface.Compile("ILGPU", []);
        return [ilgpu, Harness.Surface.Compile("Rllc.Kernels", [ilgpu])];
    }
}
