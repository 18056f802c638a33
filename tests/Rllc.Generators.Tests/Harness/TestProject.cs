namespace Rllc.Generators.Tests.Harness;

/// <summary>This project as it lies on the disk.</summary>
internal static class TestProject
{
    /// <summary>Where its project file is.</summary>
    public static readonly string Folder = FindFolder();

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Rllc.Generators.Tests.csproj")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
