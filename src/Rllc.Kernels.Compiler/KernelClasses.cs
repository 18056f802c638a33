using System.Reflection.Metadata;

namespace Rllc.Kernels.Compiler;

/// <summary>
/// The classes marked with [StepKernels] or [MomentKernels], read without loading the types of the assembly: their bases may be in assemblies that
/// are not there.
/// </summary>
internal static class KernelClasses
{
    /// <summary>The classes, in ordinal order of their full names.</summary>
    /// <param name="reader">The assembly.</param>
    public static IReadOnlyList<TypeDefinitionHandle> In(MetadataReader reader) =>
        [.. reader.TypeDefinitions.Where(type => IsMarked(reader, type)).OrderBy(type => TypeName.Of(reader, type), StringComparer.Ordinal)];

    private static bool IsMarked(MetadataReader reader, TypeDefinitionHandle type) =>
        reader.GetTypeDefinition(type).GetCustomAttributes().Any(handle =>
            reader.GetCustomAttribute(handle).Constructor is { Kind: HandleKind.MemberReference } constructor
            && reader.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } parent
            && IsMark(reader, reader.GetTypeReference((TypeReferenceHandle)parent)));

    private static bool IsMark(MetadataReader reader, TypeReference attribute) =>
        (reader.StringComparer.Equals(attribute.Name, nameof(StepKernelsAttribute)) || reader.StringComparer.Equals(attribute.Name, nameof(MomentKernelsAttribute)))
        && reader.StringComparer.Equals(attribute.Namespace, typeof(StepKernelsAttribute).Namespace!);
}
