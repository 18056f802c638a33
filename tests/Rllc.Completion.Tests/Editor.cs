extern alias runtime;

using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Host.Mef;
using runtime::Rllc;

namespace Rllc.Completion.Tests;

/// <summary>An editor with a file in it, whose caret is where the text has a |.</summary>
internal sealed class Editor : IDisposable
{
    private static readonly IReadOnlyList<MetadataReference> References =
    [
        .. Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll").Where(IsManaged).Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(PropagatorAttribute).Assembly.Location),
    ];

    // Finding all parts of an editor takes longer than the tests.
    private static readonly MefHostServices Parts = MefHostServices.Create([.. MefHostServices.DefaultAssemblies, typeof(PropagatorCompletionProvider).Assembly]);

    private readonly AdhocWorkspace _workspace = new(Parts);
    private readonly Document _document;
    private readonly int _caret;

    private Editor(string marked)
    {
        _caret = marked.IndexOf('|', StringComparison.Ordinal);
        _document = _workspace
            .AddProject("Consumer", LanguageNames.CSharp)
            .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .AddMetadataReferences(References)
            .AddDocument("Usings.cs", "global using Rllc;").Project
            .AddDocument("File.cs", marked.Remove(_caret, 1));
    }

    /// <summary>A file with a class that has an attribute.</summary>
    public static Editor WithAttribute(string attribute) => new($"[{attribute}]\npublic sealed partial class Mine;\n");

    /// <summary>A file.</summary>
    public static Editor WithFile(string text) => new(text);

    /// <summary>What our provider offers at the caret, in order.</summary>
    public async Task<IReadOnlyList<CompletionItem>> OffersAsync(CompletionTrigger? trigger = null)
    {
        var all = await Service.GetCompletionsAsync(_document, _caret, trigger ?? CompletionTrigger.Invoke);
        return [.. all.ItemsList.Where(item => item.Properties.ContainsKey("Description")).OrderBy(item => item.SortText, StringComparer.Ordinal)];
    }

    /// <summary>The file, with its caret, after an offer has been taken.</summary>
    public async Task<string> TakeAsync(string word, char? commitKey = null)
    {
        var item = (await OffersAsync()).Single(item => item.DisplayText == word);
        var change = await Service.GetChangeAsync(_document, item, commitKey);
        var text = (await _document.GetTextAsync()).WithChanges(change.TextChange).ToString();
        return change.NewPosition is { } caret ? text.Insert(caret, "|") : text;
    }

    /// <summary>What is said about an offer.</summary>
    public async Task<string> DescriptionAsync(CompletionItem item) => (await Service.GetDescriptionAsync(_document, item))!.Text;

    public void Dispose() => _workspace.Dispose();

    private CompletionService Service => CompletionService.GetService(_document)!;

    private static bool IsManaged(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = new PEReader(file);
        return reader.HasMetadata;
    }
}
