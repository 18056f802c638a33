using System.CommandLine;
using System.CommandLine.Parsing;

namespace Rllc.Kernels.Compiler;

/// <summary>The command line: compiles the kernels of an assembly's optimizers to files of PTX.</summary>
internal sealed class CompileCommand : RootCommand
{
    private readonly Argument<FileInfo> _assembly = new("assembly")
    {
        Description = "The assembly, with its portable PDB beside it where errors are to name source files.",
    };

    private readonly Option<DirectoryInfo> _output = new("--output")
    {
        Description = "The folder for the files, one for each optimizer and format; other .ptx files in it are deleted.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<MemoryFormat[]> _formats = new("--format")
    {
        Description = $"What memories are kept in: {string.Join(", ", Enum.GetNames<MemoryFormat>())}; may be repeated. Default: all of them.",
        HelpName = "FORMAT",
        CustomParser = ParseFormats,
        DefaultValueFactory = _ => Enum.GetValues<MemoryFormat>(),
    };

    /// <summary>The command with its arguments.</summary>
    public CompileCommand() : base("Compiles the kernels of Rllc's optimizers to PTX.")
    {
        _assembly.AcceptExistingOnly();
        Add(_assembly);
        Add(_output);
        Add(_formats);
        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        var assembly = parsed.GetRequiredValue(_assembly).FullName;
        try
        {
            var folder = new PtxFolder(parsed.GetRequiredValue(_output).FullName);
            return new AssemblyCompiler(assembly, folder, Console.Error).Compile(parsed.GetRequiredValue(_formats)) ? 0 : 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            BuildMessage.Error(assembly, e.Message).WriteTo(Console.Error);
            return 1;
        }
    }

    private static MemoryFormat[] ParseFormats(ArgumentResult result)
    {
        var formats = new List<MemoryFormat>();
        foreach (var token in result.Tokens)
            // Enum.Parse would take numbers too.
            if (Array.FindIndex(Enum.GetNames<MemoryFormat>(), name => name.Equals(token.Value, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index)
                formats.Add(Enum.GetValues<MemoryFormat>()[index]);
            else
                result.AddError($"'{token.Value}' is no memory format: there are {string.Join(", ", Enum.GetNames<MemoryFormat>())}.");
        return [.. formats.Distinct().Order()];
    }
}
