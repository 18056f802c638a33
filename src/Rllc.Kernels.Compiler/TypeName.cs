using System.Reflection.Metadata;

namespace Rllc.Kernels.Compiler;

/// <summary>Names of types as reflection spells them: Namespace.Outer+Inner.</summary>
internal static class TypeName
{
    /// <summary>The full name of a type.</summary>
    /// <param name="reader">Its assembly.</param>
    /// <param name="handle">The type.</param>
    public static string Of(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var name = reader.GetString(type.Name);
        var outer = type.GetDeclaringType();
        if (!outer.IsNil)
            return $"{Of(reader, outer)}+{name}";
        return type.Namespace.IsNil ? name : $"{reader.GetString(type.Namespace)}.{name}";
    }
}
