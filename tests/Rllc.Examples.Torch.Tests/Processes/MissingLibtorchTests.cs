using Rllc.Examples.Tests;
using Rllc.Examples.Torch.Tests.Harness;
using Rllc.Examples.Torch.Tests.ResNet20;
using Shared.Cli;
using TorchMlp.Cli;
using TorchResNet20.Cli;

namespace Rllc.Examples.Torch.Tests.Processes;

public sealed class MissingLibtorchTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData(typeof(TorchMlpCommand))]
    [InlineData(typeof(ResNet20Command))]
    public void Without_the_native_library_an_example_ends_with_one_message_and_writes_nothing(Type command)
    {
        BrightPictures.Write(directory.Path, training: 48, test: 16);

        var (code, output, errors) = RunAlone(command, "--iterations", "2", "--out", directory.File("run"));

        Assert.Equal(1, code);
        Assert.Equal("", output);
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains("LibTorchSharp, TorchSharp's native library, cannot be loaded: ", lines[0], StringComparison.Ordinal);
        Assert.Contains("-p:TorchPackage=NAME", lines[1], StringComparison.Ordinal);
        Assert.Equal(OperatingSystem.IsLinux(), lines[1].Contains("GLIBCXX_3.4.32", StringComparison.Ordinal));
        Assert.False(Directory.Exists(directory.File("run")));
    }

    [Theory]
    [InlineData(typeof(TorchMlpCommand))]
    [InlineData(typeof(ResNet20Command))]
    public void Help_needs_no_native_library(Type command)
    {
        var (code, output, errors) = RunAlone(command, "--help");

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("--resume", output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_native_library_that_is_there_but_damaged_is_named()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the loader of this system words it in another way");
        var damaged = Path.Combine(Directory.CreateDirectory(directory.File("alone")).FullName, "libLibTorchSharp.so");
        File.WriteAllText(damaged, "nothing");

        var (code, _, errors) = RunAlone(typeof(TorchMlpCommand), "--out", directory.File("run"));

        Assert.Equal(1, code);
        Assert.Contains($"cannot be loaded: {damaged}: ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cause_is_the_first_that_is_not_of_a_file_nobody_expects()
    {
        var library = directory.File("libLibTorchSharp.so");
        File.WriteAllText(library, "");
        var introduction = "Unable to load shared library 'LibTorchSharp' or one of its dependencies: \n/usr/LibTorchSharp.so: cannot open\n";

        Assert.Equal("/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by libLibTorchSharp.so)",
            TorchLibrary.FirstCause(introduction + "/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by libLibTorchSharp.so)\n/usr/LibTorchSharp: cannot open\n"));
        Assert.Equal("libtorch.so: cannot open", TorchLibrary.FirstCause(introduction + "libtorch.so: cannot open\n"));
        Assert.Equal($"{library}: file too short", TorchLibrary.FirstCause($"{introduction}{library}: file too short\n"));
        Assert.Equal("/usr/LibTorchSharp.so: cannot open", TorchLibrary.FirstCause(introduction));
        Assert.Equal("Unable to load DLL 'LibTorchSharp': not found. (0x8007007E)", TorchLibrary.FirstCause("Unable to load DLL 'LibTorchSharp': not found. (0x8007007E)"));
    }

    /// <summary>Runs an example from a directory with its managed assemblies alone, where neither it nor TorchSharp finds anything native.</summary>
    private ProcessEnd RunAlone(Type command, params string[] arguments)
    {
        var example = command.Assembly.Location;
        var alone = Directory.CreateDirectory(directory.File("alone")).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(example)!, "*.dll").Append(Path.ChangeExtension(example, ".runtimeconfig.json")))
            File.Copy(file, Path.Combine(alone, Path.GetFileName(file)));
        var nowhere = directory.File("nowhere");
        return ExampleProcess.Run(Path.Combine(alone, Path.GetFileName(example)), new Dictionary<string, string?>
        {
            ["NUGET_PACKAGES"] = nowhere,
            ["LD_LIBRARY_PATH"] = null,
            ["RLLC_DATA"] = directory.Path,
        }, arguments);
    }
}
