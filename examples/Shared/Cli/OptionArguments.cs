using System.CommandLine.Parsing;
using System.Globalization;

namespace Shared.Cli;

/// <summary>Reads the arguments of options: names in any case, numbers the same in every culture.</summary>
internal static class OptionArguments
{
    /// <summary>One of some names, as it is spelt there.</summary>
    public static string? Name(ArgumentResult result, IEnumerable<string> known) =>
        known.FirstOrDefault(name => name.Equals(Text(result), StringComparison.OrdinalIgnoreCase))
            ?? Fail<string>(result, $"expected one of {string.Join(", ", known)}");

    public static string? Directory(ArgumentResult result) =>
        Text(result) is { Length: > 0 } path ? path : Fail<string>(result, "expected the path of a directory");

    public static double? Rate(ArgumentResult result) =>
        double.TryParse(Text(result), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value >= 0
            ? value
            : Fail<double?>(result, "expected a number that is not negative, such as 0.03");

    public static int Integer(ArgumentResult result, int least) =>
        int.TryParse(Text(result), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= least
            ? value
            : Fail<int>(result, $"expected a whole number from {least} on");

    private static string Text(ArgumentResult result) => result.Tokens[0].Value;

    private static T? Fail<T>(ArgumentResult result, string expected)
    {
        var option = ((OptionResult)result.Parent!).Option.Name;
        result.AddError($"{option}: '{Text(result)}' – {expected}.");
        return default;
    }
}
