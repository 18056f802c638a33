using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Rllc.Kernels.Compiler;

/// <summary>Where the types of an assembly are declared, as its portable PDB tells.</summary>
internal sealed class SourceFiles : IDisposable
{
    // Custom debug information of a type without code of its own: the documents that declare it (Portable PDB v1.0, "Type Definition Documents").
    private static readonly Guid TypeDefinitionDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    private readonly MetadataReader _types;
    private readonly MetadataReaderProvider? _provider;

    /// <summary>Opens the PDB, where there is one in the assembly or beside it.</summary>
    /// <param name="assembly">The assembly's path.</param>
    /// <param name="file">The assembly.</param>
    public SourceFiles(string assembly, PEReader file)
    {
        _types = file.GetMetadataReader();
        file.TryOpenAssociatedPortablePdb(assembly, path => File.Exists(path) ? File.OpenRead(path) : null, out _provider, out _);
    }

    /// <summary>The file that declares a type, with the line of its first statement where there is one.</summary>
    /// <param name="type">Its full name in metadata.</param>
    /// <returns>Null where no file is known or it does not exist, as that of generated code.</returns>
    public string? Find(string type)
    {
        if (_provider?.GetMetadataReader() is not { } symbols)
            return null;
        var handle = _types.TypeDefinitions.FirstOrDefault(handle => TypeName.Of(_types, handle) == type);
        return handle.IsNil ? null : Statements(symbols, handle).Concat(Documents(symbols, handle))
            .Where(place => File.Exists(place.File))
            .Select(place => place.Line == 0 ? place.File : FormattableString.Invariant($"{place.File}({place.Line})"))
            .FirstOrDefault();
    }

    /// <inheritdoc/>
    public void Dispose() => _provider?.Dispose();

    private IEnumerable<(string File, int Line)> Statements(MetadataReader symbols, TypeDefinitionHandle type) =>
        from method in _types.GetTypeDefinition(type).GetMethods()
        from point in symbols.GetMethodDebugInformation(method).GetSequencePoints()
        where !point.IsHidden
        select (Name(symbols, point.Document), point.StartLine);

    private static IEnumerable<(string File, int Line)> Documents(MetadataReader symbols, TypeDefinitionHandle type)
    {
        foreach (var handle in symbols.GetCustomDebugInformation(type))
        {
            var information = symbols.GetCustomDebugInformation(handle);
            if (symbols.GetGuid(information.Kind) != TypeDefinitionDocuments)
                continue;
            var rows = symbols.GetBlobReader(information.Value);
            while (rows.RemainingBytes > 0)
                yield return (Name(symbols, MetadataTokens.DocumentHandle(rows.ReadCompressedInteger())), 0);
        }
    }

    private static string Name(MetadataReader symbols, DocumentHandle document) => symbols.GetString(symbols.GetDocument(document).Name);
}
