namespace Rllc.Generators.Tests.Harness;

/// <summary>
/// Holds a text to a reviewed file, Snapshots/NAME.verified.cs, as Verify does: a text that differs is written beside it as
/// NAME.received.cs, and becomes the reviewed one only when a person renames it.
/// </summary>
internal static class Snapshot
{
    public static readonly string Folder = Path.Combine(TestProject.Folder, "Snapshots");

#if HAS_VERIFY
    public static async Task VerifyAsync(string name, string text)
    {
        var settings = new VerifyTests.VerifySettings();
        settings.UseDirectory(Folder);
        settings.UseFileName(name);
        await VerifyXunit.Verifier.Verify(text, "cs", settings);
    }
#else
    // Stands in for Verify where the package cannot be restored.
    public static async Task VerifyAsync(string name, string text)
    {
        var verified = Path.Combine(Folder, $"{name}.verified.cs");
        var received = Path.Combine(Folder, $"{name}.received.cs");
        File.Delete(received);
        if (File.Exists(verified) && await File.ReadAllTextAsync(verified) == text)
            return;
        await File.WriteAllTextAsync(received, text);
        Assert.Fail(File.Exists(verified) ? $"{received} differs from {verified}." : $"{verified} does not exist; compare {received}.");
    }
#endif
}
