namespace Rllc.Kernels.Compiler;

/// <summary>A line in the form that MSBuild takes for an error of its own and shows where it belongs.</summary>
/// <param name="Line">The line.</param>
internal readonly record struct BuildMessage(string Line)
{
    /// <summary>The code of every error of this program, to search and to suppress by.</summary>
    public const string Code = "RLLCPTX";

    /// <summary>An error.</summary>
    /// <param name="origin">A file, with (line) where it is known, or the program that found the error.</param>
    /// <param name="text">What is wrong; line ends become spaces.</param>
    public static BuildMessage Error(string origin, string text) => new($"{origin} : error {Code}: {text.ReplaceLineEndings(" ")}");

    /// <summary>Prints the line.</summary>
    /// <param name="writer">Where.</param>
    public void WriteTo(TextWriter writer) => writer.WriteLine(Line);
}
