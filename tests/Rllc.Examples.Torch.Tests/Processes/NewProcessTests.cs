using System.Buffers.Binary;
using System.Reflection;
using Rllc.Examples.Tests;
using Rllc.Examples.Torch.Tests.Harness;
using Rllc.Examples.Torch.Tests.ResNet20;
using Rllc.Torch.Tests.Harness;
using Shared.Data;
using Shared.Training;
using TorchMlp.Cli;
using TorchResNet20.Cli;

namespace Rllc.Examples.Torch.Tests.Processes;

public sealed class NewProcessTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public NewProcessTests() => Libtorch.Require();

    public void Dispose() => directory.Dispose();

    [SkippableFact]
    public void The_dense_network_goes_on_in_a_new_process_as_if_it_had_never_stopped()
    {
        WriteDigits("train", MnistFiles.ValidationCount + 300);
        WriteDigits("t10k", 100);

        var (whole, parts) = Runs(typeof(TorchMlpCommand).Assembly, stop: "50", end: "100",
            "--data", directory.Path, "--dataset", "mnist");

        Assert.Equal(File.ReadAllBytes(whole.Checkpoint), File.ReadAllBytes(parts.Checkpoint));
    }

    [SkippableFact]
    public void The_ResNet_goes_on_in_a_new_process_as_if_it_had_never_stopped()
    {
        BrightPictures.Write(directory.Path, training: 48, test: 16);

        var (whole, parts) = Runs(typeof(ResNet20Command).Assembly, stop: "3", end: "6",
            "--data", directory.Path, "--batch-size", "8", "--validation", "16", "--record-interval", "3");

        Assert.Equal(File.ReadAllBytes(whole.Checkpoint), File.ReadAllBytes(parts.Checkpoint));
        Assert.Equal(File.ReadAllBytes(whole.Network), File.ReadAllBytes(parts.Network));
    }

    /// <summary>Writes pictures of noise in MNIST's files: to draw as many digits as the program does by itself would take longer.</summary>
    private void WriteDigits(string part, int count)
    {
        var (labels, pixels) = (new byte[count], new byte[count * Dataset.PictureLength]);
        var random = new RandomStream(1, RandomPurpose.Training);
        for (var i = 0; i < pixels.Length; i++)
        {
            labels[i / Dataset.PictureLength] = (byte)(i / Dataset.PictureLength % Dataset.Classes);
            pixels[i] = (byte)(20 * labels[i / Dataset.PictureLength] + random.NextIndex(70));
        }

        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, count);
        File.WriteAllBytes(directory.File($"{part}-labels-idx1-ubyte"), [0, 0, 8, 1, .. length, .. labels]);
        File.WriteAllBytes(directory.File($"{part}-images-idx3-ubyte"),
            [0, 0, 8, 3, .. length, 0, 0, 0, Dataset.Side, 0, 0, 0, Dataset.Side, .. pixels]);
    }

    /// <summary>Runs an example to the end, once in one process and once in two; losses, law and final accuracy must be the same.</summary>
    private (RunDirectory Whole, RunDirectory Parts) Runs(Assembly example, string stop, string end, params string[] settings)
    {
        var (whole, parts) = (new RunDirectory(directory.File("whole")), new RunDirectory(directory.File("parts")));
        var complete = Run(example, [.. settings, "--iterations", end, "--out", whole.Path]);
        Run(example, [.. settings, "--iterations", stop, "--out", parts.Path]);
        Assert.NotEqual(File.ReadAllText(whole.Records), File.ReadAllText(parts.Records));

        var resumed = Run(example, "--resume", "--iterations", end, "--out", parts.Path);

        Assert.Equal(File.ReadAllText(whole.Records), File.ReadAllText(parts.Records));
        Assert.Equal(4, File.ReadAllLines(whole.Records).Length);
        Assert.Equal(complete, resumed);
        return (whole, parts);
    }

    /// <returns>The final accuracy and loss, as the summary says them.</returns>
    private static string Run(Assembly example, params string[] arguments)
    {
        var (code, output, errors) = ExampleProcess.Run(example, [.. arguments, "--threads", "1"]);
        Assert.Equal((0, ""), (code, errors));
        return Assert.Single(output.Split('\n'), line => line.Contains("│ Test ", StringComparison.Ordinal));
    }
}
