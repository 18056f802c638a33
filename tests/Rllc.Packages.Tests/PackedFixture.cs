using System.IO.Compression;
using System.Reflection;

namespace Rllc.Packages.Tests;

/// <summary>The packages of this build, in a folder that fresh projects outside the repository restore from.</summary>
public sealed class PackedFixture : IAsyncLifetime
{
    /// <summary>The repository's folder.</summary>
    public static readonly string Root = FindRoot();

    private static readonly string Configuration = typeof(PackedFixture).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    private readonly string _folder = Directory.CreateTempSubdirectory("rllc-packages").FullName;

    /// <summary>The version of all packages.</summary>
    public string Version { get; private set; } = "";

    /// <summary>The packages' ids.</summary>
    public IEnumerable<string> Ids => Files("*.nupkg").Select(file => file[..^$".{Version}.nupkg".Length]).Order(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Feed);
        await Dotnet.SucceedsAsync(Root, ["pack", "Rllc.sln", "--no-build", "-c", Configuration, "-o", Feed, "-v:q", .. Switches]);
        Version = Path.GetFileNameWithoutExtension(Files("Rllc.Cuda.*.nupkg").Single())["Rllc.Cuda.".Length..];
        // Packages of their own, for the machine's may hold some of the same version; the rest comes from the machine's.
        await File.WriteAllTextAsync(Path.Combine(_folder, "NuGet.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(_folder, "restored")}" /></config>
              <fallbackPackageFolders><add key="machine" value="{MachinePackages}" /></fallbackPackageFolders>
              <packageSources><add key="packed" value="{Feed}" /></packageSources>
            </configuration>
            """);
    }

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>The paths of what a package holds, but for those that the package format itself needs.</summary>
    /// <param name="id">Which package.</param>
    /// <param name="extension">nupkg, or snupkg for its symbols.</param>
    public IReadOnlyList<string> Entries(string id, string extension = "nupkg")
    {
        using var package = Open(id, extension);
        return [.. package.Entries.Select(entry => entry.FullName).Where(path => !path.StartsWith("_rels/", StringComparison.Ordinal) && !path.StartsWith("package/", StringComparison.Ordinal) && path != "[Content_Types].xml").Order(StringComparer.Ordinal)];
    }

    /// <summary>One of a package's files.</summary>
    public byte[] Read(string id, string path)
    {
        using var package = Open(id, "nupkg");
        using var content = new MemoryStream();
        using (var entry = package.GetEntry(path)!.Open())
            entry.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>A new folder under the one with the packages, for a consumer's project.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="project">What its project file holds.</param>
    /// <param name="source">Its only source.</param>
    public string Consumer(string name, string project, string source)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        File.WriteAllText(Path.Combine(folder, $"{name}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <InvariantGlobalization>true</InvariantGlobalization>
              </PropertyGroup>
              {project}
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Source.cs"), source);
        return folder;
    }

    private static string[] Switches =>
    [
#if HAS_ILGPU
        "-p:HasIlgpu=true",
#else
        "-p:HasIlgpu=false",
#endif
#if HAS_TORCH
        "-p:HasTorch=true",
#else
        "-p:HasTorch=false",
#endif
    ];

    private static string MachinePackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private string Feed => Path.Combine(_folder, "feed");

    private IEnumerable<string> Files(string pattern) => Directory.EnumerateFiles(Feed, pattern).Select(file => Path.GetFileName(file));

    private ZipArchive Open(string id, string extension) => ZipFile.OpenRead(Path.Combine(Feed, $"{id}.{Version}.{extension}"));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Rllc.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        return folder;
    }
}
