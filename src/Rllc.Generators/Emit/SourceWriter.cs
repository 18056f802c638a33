using System.Text;

namespace Rllc.Generators;

/// <summary>Writes C# source: owns the indentation, ends every line with '\n' and knows one culture, the invariant one.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder text = new();
    private int depth;

    /// <summary>Writes one line, or several where the text has several.</summary>
    public void Line(FormattableString lines) => Lines("", FormattableString.Invariant(lines));

    /// <summary>Writes an empty line.</summary>
    public void Line() => text.Append('\n');

    /// <summary>Writes each line after a prefix, such as that of a documentation comment.</summary>
    public void Lines(string prefix, string lines)
    {
        foreach (var line in lines.Split('\n'))
        {
            var whole = (prefix + line).TrimEnd();
            text.Append(' ', whole.Length == 0 ? 0 : 4 * depth).Append(whole).Append('\n');
        }
    }

    /// <summary>Writes a header and opens its braces; they are closed when the result is disposed.</summary>
    public Block Open(FormattableString header)
    {
        Line(header);
        Line($"{{");
        depth++;
        return new(this);
    }

    /// <summary>What was written.</summary>
    public override string ToString() => text.ToString();

    /// <summary>An open pair of braces.</summary>
    public readonly struct Block(SourceWriter writer) : IDisposable
    {
        /// <summary>Closes the braces.</summary>
        public void Dispose()
        {
            writer.depth--;
            writer.Line($"}}");
        }
    }
}
