using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Rllc.CodeFixes;

/// <summary>Changes of a file's text.</summary>
internal static class DocumentText
{
    /// <summary>The file with other characters at some places.</summary>
    /// <param name="document">The file.</param>
    /// <param name="changes">The changes, in the order of their places.</param>
    /// <param name="cancellation">Ends the reading of the text.</param>
    public static async Task<Document> Change(Document document, IEnumerable<TextChange> changes, CancellationToken cancellation)
    {
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        return document.WithText(text.WithChanges(changes));
    }
}
