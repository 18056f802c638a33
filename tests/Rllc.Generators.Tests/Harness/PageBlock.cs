namespace Rllc.Generators.Tests.Harness;

/// <summary>A block of C# on a page.</summary>
/// <param name="Code">What it says.</param>
/// <param name="Given">What its statements take from elsewhere, as parameters; null where the page says that they are not run.</param>
/// <param name="GoesOn">Whether its statements go on with those of the block before.</param>
internal sealed record PageBlock(string Code, string? Given, bool GoesOn)
{
    /// <summary>What the page says is printed by it: a block of text before the next block of code.</summary>
    public string Printed { get; set; } = "";
}
