namespace Rllc.Runtime.Tests.Safety;

/// <summary>The test assembly as a program of its own; the test runner never calls it.</summary>
internal static class Program
{
    private static void Main(string[] arguments)
    {
        if (arguments is not [nameof(SaveLoop), var path])
            throw new ArgumentException("These are tests: run them with 'dotnet test'.");
        SaveLoop.Run(path);
    }
}
