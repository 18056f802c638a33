extern alias runtime;

using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CSharp;
using runtime::Rllc;

namespace Rllc.CodeFixes.Tests;

/// <summary>A file of a consumer's project, as an editor has it.</summary>
internal static class SourceDocument
{
    // The framework that runs the tests, and Rllc.Runtime.
    private static readonly IReadOnlyList<MetadataReference> References =
    [
        .. Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll").Where(IsManaged).Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(PropagatorAttribute).Assembly.Location),
    ];

    /// <summary>The file; the namespace Rllc is imported.</summary>
    public static Document Of(string source) => new AdhocWorkspace()
        .AddProject("Consumer", LanguageNames.CSharp)
        .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
        .AddMetadataReferences(References)
        .AddDocument("Usings.cs", "global using Rllc;").Project
        .AddDocument("File.cs", source);

    /// <summary>Its text.</summary>
    public static async Task<string> TextOf(Document document) => (await document.GetTextAsync()).ToString();

    /// <summary>The file after what an editor offers has been done.</summary>
    public static async Task<Document> Apply(Document document, CodeAction offer)
    {
        var operation = Assert.Single(await offer.GetOperationsAsync(CancellationToken.None));
        return Assert.IsType<ApplyChangesOperation>(operation).ChangedSolution.GetDocument(document.Id)!;
    }

    private static bool IsManaged(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = new PEReader(file);
        return reader.HasMetadata;
    }
}
