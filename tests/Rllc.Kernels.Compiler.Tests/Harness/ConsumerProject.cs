using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using ILGPU;
using Rllc.Cuda;

namespace Rllc.Kernels.Compiler.Tests;

/// <summary>A consumer's project on disk that embeds its PTX, for the real build: a declared optimizer and a program that reads its kernels.</summary>
internal sealed class ConsumerProject : IDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private const string Program = """
        using System;
        using System.Linq;
        using Rllc;
        using Rllc.Cuda;

        foreach (var format in Enum.GetValues<MemoryFormat>())
            Console.WriteLine(EmbeddedPtx.Read(typeof(MomentumMix), format).Length);
        Console.WriteLine(AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.GetName().Name == "ILGPU"));
        """;

    private const string Declaration = """
        using Rllc;

        [Propagator("M(0.9) ⊕ M(0)")]
        public sealed partial class MomentumMix;
        """;

    // No compiler is left running behind a build; one that the whole run shares is stopped by it.
    private const string OwnCompiler = "<UseSharedCompilation Condition=\"'$(SharedCompilationId)' == ''\">false</UseSharedCompilation>";

    private static readonly string Generator =
        typeof(ConsumerProject).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Generator").Value!;

    private static readonly string Project = $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            {OwnCompiler}
            <RllcEmbedPtx>true</RllcEmbedPtx>
            <RllcPtxCompiler>{typeof(CompileCommand).Assembly.Location}</RllcPtxCompiler>
          </PropertyGroup>
          <ItemGroup>
            <Reference Include="{typeof(Rllc.Optimizer).Assembly.Location}" />
            <Reference Include="{typeof(EmbeddedPtx).Assembly.Location}" />
            <Reference Include="{typeof(PtxCompiler).Assembly.Location}" />
            <Reference Include="{typeof(Context).Assembly.Location}" />
            <Analyzer Include="{Generator}" />
          </ItemGroup>
          <Import Project="Rllc.Kernels.targets" />
        </Project>
        """;

    // A blank in the path, as in many a user's.
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rllc consumer");

    public ConsumerProject()
    {
        File.WriteAllText(PathOf("Consumer.csproj"), Project);
        File.WriteAllText(PathOf("Program.cs"), Program);
        File.WriteAllText(PathOf("Rllc.Kernels.targets"), Resource("Rllc.Kernels.targets"));
        Optimizer = Declaration;
    }

    /// <summary>The source of the optimizer.</summary>
    public string Optimizer
    {
        get => File.ReadAllText(OptimizerPath);
        set => File.WriteAllText(OptimizerPath, value);
    }

    public string OptimizerPath => PathOf("MomentumMix.cs");

    public string PathOf(string file) => Path.Combine(_folder.FullName, file);

    /// <summary>
    /// Adds a library that references another one: the SDK adds that reference to the project by itself. An optimizer is in a class whose
    /// base is there, as that of TorchSharp's parameters has its base in another library.
    /// </summary>
    public void ReferenceLibraries()
    {
        WriteLibrary("Base", "");
        File.WriteAllText(PathOf("Base/Elsewhere.cs"), "public class Elsewhere;");
        Optimizer += """

            public partial class Holder : Elsewhere
            {
                [Propagator("M(0.5)")]
                public sealed partial class Nested;
            }
            """;
        WriteLibrary("Middle", """<ProjectReference Include="../Base/Base.csproj" />""");
        var project = File.ReadAllText(PathOf("Consumer.csproj"));
        File.WriteAllText(PathOf("Consumer.csproj"), project.Replace(
            "<Import ",
            """
            <PropertyGroup><DefaultItemExcludes>$(DefaultItemExcludes);Base/**;Middle/**</DefaultItemExcludes></PropertyGroup>
            <ItemGroup><ProjectReference Include="Middle/Middle.csproj" /></ItemGroup>
            <Import
            """ + " ",
            StringComparison.Ordinal));
    }

    /// <summary>Runs dotnet on the project. Returns the exit code and what was printed.</summary>
    public Task<(int ExitCode, string Output)> DotnetAsync(string command, params string[] arguments) =>
        RunAsync("dotnet", [command, "Consumer.csproj", "-nologo", "-nodeReuse:false", $"-p:Configuration={Configuration}", .. arguments]);

    /// <summary>Runs a program in the project's folder. Returns the exit code and what was printed.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true };
        // The build that runs the tests must not lend its own settings to this one.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    /// <summary>The resources of the assembly that was built last, by name.</summary>
    public Dictionary<string, byte[]> Resources()
    {
        var context = new AssemblyLoadContext(name: null, isCollectible: true);
        using var file = new MemoryStream(File.ReadAllBytes(PathOf($"bin/{Configuration}/net10.0/Consumer.dll")));
        var assembly = context.LoadFromStream(file);
        var resources = assembly.GetManifestResourceNames().ToDictionary(name => name, name => Bytes(assembly, name));
        context.Unload();
        return resources;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void WriteLibrary(string name, string reference)
    {
        Directory.CreateDirectory(PathOf(name));
        File.WriteAllText(PathOf($"{name}/{name}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework>{OwnCompiler}</PropertyGroup>
              <ItemGroup>{reference}</ItemGroup>
            </Project>
            """);
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(new MemoryStream(Bytes(typeof(ConsumerProject).Assembly, name)));
        return reader.ReadToEnd();
    }

    private static byte[] Bytes(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
