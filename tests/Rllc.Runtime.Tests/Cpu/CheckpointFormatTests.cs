using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Rllc.Runtime.Tests.Cpu;

public class CheckpointFormatTests
{
    private const int Length = 5000;

    [Fact]
    public void A_reader_of_safetensors_finds_every_unit_and_the_parameters()
    {
        using var run = Run.Of(Length).Steps(0, 3);
        var file = CheckpointFile.Parse(Saved(run, run.Parameters));
        Assert.Equal(["__metadata__", "parameters", "memory.M_0_9", "memory.M_0"], file.Header.Select(entry => entry.Key));
        Assert.Equal(run.Unit(0), file.Tensor("memory.M_0_9"));
        Assert.Equal(run.Unit(1), file.Tensor("memory.M_0"));
        Assert.Equal(run.Parameters, file.Tensor("parameters"));
        Assert.Equal("F32", (string?)file.Header["parameters"]!["dtype"]);
        Assert.Equal($"[{Length}]", file.Header["parameters"]!["shape"]!.ToJsonString());
        Assert.Equal($"[0,{4 * Length}]", file.Header["parameters"]!["data_offsets"]!.ToJsonString());
        Assert.Equal(3 * 4 * Length, file.Data.Length);
    }

    [Fact]
    public void The_data_start_on_64_bytes()
    {
        foreach (var learningRate in new[] { 0.1, 0.12, 0.123, 0.1234, 0.12345 })
        {
            using var run = Run.Of(Length, new() { LearningRate = learningRate });
            var bytes = Saved(run);
            Assert.Equal(0, (bytes.Length - CheckpointFile.Parse(bytes).Data.Length) % 64);
        }
    }

    [Fact]
    public void The_metadata_are_those_that_are_documented()
    {
        using var run = Run.Of(Length, new() { LawLearningRate = 0.02, Relaxation = Relaxation.PseudoInverse, Maximize = true }).Steps(0, 3);
        var metadata = CheckpointFile.Parse(Saved(run)).Metadata;
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "checkpoints.md"));
        Assert.All(metadata, entry => Assert.Contains($"| `{entry.Key}` |", page));
        Assert.Equal("rllc", (string?)metadata["format"]);
        Assert.Equal("2", (string?)metadata["version"]);
        Assert.Equal($"[{Length}]", (string?)metadata["lengths"]);
        Assert.Equal("Float32", (string?)metadata["memory_format"]);
        Assert.Equal("M(0.9) ⊕ M(0)", (string?)metadata["spec"]);
        Assert.Equal("3", (string?)metadata["step"]);
        Assert.Equal("PseudoInverse", (string?)metadata["relaxation"]);
        Assert.Equal("true", (string?)metadata["maximize"]);
        Assert.Equal("0.02", (string?)metadata["law_learning_rate"]);
        Assert.Equal("Infinity", (string?)metadata["max_gradient_norm"]);
        Assert.Equal(run.Optimizer.LawCoefficients.ToArray(), Numbers(metadata["law"]));
        Assert.Equal(run.Optimizer.Gram.ToRowMajor(), Numbers(metadata["gram"]));
    }

    [Fact]
    public void The_digest_is_that_of_the_file_with_a_blank_digest()
    {
        using var run = Run.Of(Length).Steps(0, 3);
        var bytes = Saved(run, run.Parameters);
        var digest = (string)CheckpointFile.Parse(bytes).Metadata["sha256"]!;
        var position = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(digest));
        bytes.AsSpan(position, 64).Fill((byte)'0');
        Assert.Equal(digest, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [Fact]
    public void A_file_that_another_program_wrote_by_the_same_rules_is_read()
    {
        using var run = Run.Of(Length).Steps(0, 3);
        using var resumed = Run.Of(Length);
        resumed.Optimizer.Load(new MemoryStream(CheckpointFile.Parse(Saved(run, run.Parameters)).Sealed()), resumed.Parameters);
        Assert.Equal(run.State(), resumed.State());
    }

    [Fact]
    public void Labels_name_the_tensors()
    {
        using var run = new Run(new AnyMemoryByHand(LinearMemory.Parse("größe: M(0.99) ⊕ CM(0.3+0.2i)"), 3)).Steps(0, 1);
        var file = CheckpointFile.Parse(Saved(run));
        Assert.Equal(["__metadata__", "memory.größe", "memory.CM_0_3_plus_0_2i_Re", "memory.CM_0_3_plus_0_2i_Im"], file.Header.Select(entry => entry.Key));
    }

    private static double[] Numbers(JsonNode? text) => [.. JsonNode.Parse((string)text!)!.AsArray().Select(number => (double)number!)];

    private static byte[] Saved(Run run, ReadOnlySpan<float> parameters = default)
    {
        var stream = new MemoryStream();
        run.Optimizer.Save(stream, parameters);
        return stream.ToArray();
    }
}
