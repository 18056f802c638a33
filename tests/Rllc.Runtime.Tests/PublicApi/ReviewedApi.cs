using System.Reflection;
using PublicApiGenerator;

namespace Rllc.Runtime.Tests.PublicApi;

/// <summary>
/// The public API of an assembly that ships, as a reviewed text beside its project: src/NAME/api.txt. A change of the API that the text
/// lacks fails a test; where it is meant, the test accepts it, by writing the text anew, while RLLC_ACCEPT_API is 1:
/// <c>RLLC_ACCEPT_API=1 dotnet test tests/NAME.Tests --filter PublicApiTests</c>. What changes in the text is then reviewed like code.
/// Members that only generated code calls are API too. What the generator adds to a declared optimizer has snapshots instead.
/// PublicApiGenerator prints static abstract members of interfaces without these words, arrays of any rank as those of rank 1, records as
/// classes without what a record gets, and nothing of [EditorBrowsable].
/// </summary>
internal static class ReviewedApi
{
    private const string AcceptVariable = "RLLC_ACCEPT_API";

    /// <summary>Fails where the assembly and its reviewed text differ, or replaces the text where that is asked for.</summary>
    public static void Verify(Assembly assembly)
    {
        var api = TextOf(assembly);
        var path = $"src/{assembly.GetName().Name}/api.txt";
        var file = Path.Combine(Root(), path);
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            File.WriteAllText(file, api);
            return;
        }
        Assert.True(File.Exists(file), $"{path} does not exist. {HowToAccept(assembly)}");
        var differences = string.Join('\n', LineDifference.Between(File.ReadAllText(file), api));
        Assert.True(differences.Length == 0, $"The public API is not the reviewed one of {path}:\n{differences}\n{HowToAccept(assembly)}");
    }

    /// <summary>The declarations of an assembly's public and protected members, without bodies.</summary>
    private static string TextOf(Assembly assembly) =>
        assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n") + "\n";

    private static string HowToAccept(Assembly assembly) =>
        $"To accept it: {AcceptVariable}=1 dotnet test tests/{assembly.GetName().Name}.Tests --filter PublicApiTests, then review and commit the file.";

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Rllc.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        return folder;
    }
}
