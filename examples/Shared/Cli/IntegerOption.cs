using System.CommandLine;

namespace Shared.Cli;

/// <summary>An option that counts something.</summary>
internal static class IntegerOption
{
    /// <param name="name">What it is called.</param>
    /// <param name="least">The least that it takes.</param>
    /// <param name="usual">What it is where it is not given.</param>
    /// <param name="description">What it is about.</param>
    public static Option<int> Create(string name, int least, int usual, string description) => new(name)
    {
        Description = description,
        HelpName = "COUNT",
        DefaultValueFactory = _ => usual,
        CustomParser = result => OptionArguments.Integer(result, least),
    };
}
