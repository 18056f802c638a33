using System.Text.Json.Nodes;

namespace Rllc.Runtime.Tests.Cpu;

public class CheckpointDamageTests : IDisposable
{
    private const int Length = 300;

    private readonly Run _saved = Run.Of(Length).Steps(0, 5);
    private readonly Run _run = new Run(new MomentumMixByHand(Length), seed: 7).Steps(50, 3);
    private readonly byte[] _bytes;

    public CheckpointDamageTests()
    {
        var stream = new MemoryStream();
        _saved.Optimizer.Save(stream, _saved.Parameters);
        _bytes = stream.ToArray();
    }

    public void Dispose()
    {
        _saved.Dispose();
        _run.Dispose();
    }

    [Fact]
    public void A_truncated_file_is_refused_as_truncated()
    {
        for (var percent = 0; percent < 100; percent++)
            AssertRefused(_bytes[..(_bytes.Length * percent / 100)], "is truncated");
        AssertRefused(_bytes[..^1], "is truncated");
    }

    [Fact]
    public void A_flipped_bit_is_refused()
    {
        for (var percent = 0; percent < 100; percent++)
            for (var bit = 0; bit < 8; bit += 3)
            {
                var bytes = _bytes.ToArray();
                bytes[bytes.Length * percent / 100] ^= (byte)(1 << bit);
                AssertRefused(bytes);
            }
    }

    [Fact]
    public void A_flipped_bit_anywhere_in_the_header_is_refused()
    {
        var header = _bytes.Length - 3 * 4 * Length;
        for (var position = 0; position < header; position++)
        {
            var bytes = _bytes.ToArray();
            bytes[position] ^= (byte)(1 << (position % 8));
            AssertRefused(bytes);
        }
    }

    [Fact]
    public void A_flipped_bit_in_the_data_is_told_from_the_digest()
    {
        var bytes = _bytes.ToArray();
        bytes[^1] ^= 1;
        AssertRefused(bytes, "is damaged: the SHA-256 of its bytes is");
    }

    [Fact]
    public void Bytes_behind_the_end_are_refused() => AssertRefused([.. _bytes, 0], "has 1 bytes behind its last tensor");

    [Fact]
    public void A_header_length_that_cannot_be_is_refused_before_anything_is_allocated()
    {
        AssertRefused([255, 255, 255, 255, 255, 255, 255, 255, .. _bytes[8..]], "its header would be 18446744073709551615 bytes long");
        AssertRefused([0, 0, 0, 0, 0, 0, 0, 0, .. _bytes[8..]], "its header would be 0 bytes long");
        AssertRefused([0, 0, 0, 5, 0, 0, 0, 0, .. _bytes[8..]], "is truncated: of the 83886080 bytes of its header");
    }

    [Fact]
    public void Something_else_is_refused_as_such()
    {
        AssertRefused([2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}'], "was not written by an Rllc optimizer");
        AssertRefused("PK\u0003\u0004 this is no such file, but long enough"u8.ToArray(), "or no .safetensors file");
        AssertRefused([2, 0, 0, 0, 0, 0, 0, 0, (byte)'[', (byte)']'], "has a damaged header");
    }

    [Theory]
    [InlineData("format", "pt", "was not written by an Rllc optimizer")]
    [InlineData("version", "1", "has version '1'; this library reads version '2'")]
    [InlineData("spec", "M(0.9) ⊕ M(0.1)", "is of another memory: it holds 'M(0.9) ⊕ M(0.1)', the optimizer is 'M(0.9) ⊕ M(0)'")]
    [InlineData("lengths", "[301]", "is of another model: its tensors have [301] parameters, the optimizer's [300]")]
    [InlineData("lengths", "[150,150]", "is of another model: its tensors have [150,150] parameters, the optimizer's [300]")]
    [InlineData("memory_format", "BFloat16", "holds a memory in BFloat16, the optimizer keeps it in Float32")]
    [InlineData("memory_format", "Int8", "has an unreadable 'memory_format': 'Int8'")]
    [InlineData("gram_due", "1", "has an unreadable 'gram_due': '1'")]
    [InlineData("step", "-1", "has an unreadable 'step': '-1'")]
    [InlineData("step", "5.5", "has an unreadable 'step': '5.5'")]
    [InlineData("law", "[1]", "has 1 numbers in 'law' where 2 belong")]
    [InlineData("law", "[1,x]", "has an unreadable 'law'")]
    [InlineData("gram", "1,2,3,4", "has an unreadable 'gram'")]
    [InlineData("pending", "[]", "has 0 numbers in 'pending' where 2 belong")]
    [InlineData("law", "[1,NaN]", "holds a law or a Gram matrix that is not finite")]
    [InlineData("gram", "[1,2,2,1e999]", "holds a law or a Gram matrix that is not finite")]
    [InlineData("pending", "[-Infinity,0]", "holds a law or a Gram matrix that is not finite")]
    [InlineData("relaxation", "0", "has an unreadable 'relaxation': '0'")]
    [InlineData("timing", "Sometimes", "has an unreadable 'timing': 'Sometimes'")]
    [InlineData("maximize", "maybe", "has an unreadable 'maximize': 'maybe'")]
    [InlineData("epsilon", "0", "has options out of range: Epsilon")]
    [InlineData("learning_rate", "-1", "has options out of range: LearningRate")]
    [InlineData("max_gradient_norm", null, "has no 'max_gradient_norm' in its metadata")]
    [InlineData("version", null, "has no 'version' in its metadata")]
    public void Metadata_that_do_not_fit_are_named(string key, string? value, string message)
    {
        var file = CheckpointFile.Parse(_bytes);
        if (value is null)
            file.Metadata.Remove(key);
        else
            file.Metadata[key] = value;
        AssertRefused(file.Sealed(), message);
    }

    [Fact]
    public void A_checkpoint_without_a_digest_is_refused()
    {
        var text = System.Text.Encoding.Latin1.GetString(_bytes).Replace("\"sha256\"", "\"sha-no\"");
        AssertRefused(System.Text.Encoding.Latin1.GetBytes(text), "has no 'sha256' of 64 digits");
    }

    [Theory]
    [InlineData("dtype", "\"F16\"", "'memory.M_0' is no vector of F32 or BF16")]
    [InlineData("shape", "[300,1]", "'memory.M_0' is no vector of F32 or BF16")]
    [InlineData("shape", "[-300]", "'memory.M_0' has -300 elements in the bytes 2400 to 3600")]
    [InlineData("shape", "[301]", "'memory.M_0' has 301 elements")]
    [InlineData("shape", "\"300\"", "has a damaged header")]
    [InlineData("dtype", "\"BF16\"", "'memory.M_0' has 300 elements in the bytes 2400 to 3600")]
    [InlineData("data_offsets", "[2404,3604]", "the data of 'memory.M_0' do not follow those before them")]
    [InlineData("data_offsets", "[0,1200]", "do not follow those before them")]
    [InlineData("data_offsets", "[3600,2400]", "'memory.M_0' has 300 elements in the bytes 3600 to 2400")]
    [InlineData("data_offsets", "[2400,18446744073709551615]", "has a damaged header")]
    [InlineData("data_offsets", "[2400]", "'memory.M_0' is no vector of F32 or BF16")]
    public void Tensors_that_do_not_fit_are_named(string key, string json, string message)
    {
        var file = CheckpointFile.Parse(_bytes);
        file.Header["memory.M_0"]![key] = JsonNode.Parse(json);
        AssertRefused(file.Sealed(), message);
    }

    [Fact]
    public void Missing_renamed_and_foreign_tensors_are_named()
    {
        var file = CheckpointFile.Parse(_bytes);
        Rename(file, "memory.M_0", "memory.M_1");
        AssertRefused(file.Sealed(), "holds the tensor 'memory.M_1' where memory.M_0 belongs");

        file = CheckpointFile.Parse(_bytes);
        Rename(file, "parameters", "biases");
        AssertRefused(file.Sealed(), "holds no parameters");

        file = CheckpointFile.Parse(_bytes);
        file.Header["more"] = JsonNode.Parse("""{"dtype":"F32","shape":[0],"data_offsets":[3600,3600]}""");
        AssertRefused(file.Sealed(), "holds the tensor 'more' where none belongs");

        file = CheckpointFile.Parse(_bytes);
        file.Header.Remove("memory.M_0");
        file.Data = file.Data[..(2 * 4 * Length)];
        AssertRefused(file.Sealed(), "lacks the tensor 'memory.M_0'");
    }

    [Fact]
    public void The_message_of_a_file_names_the_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["broken.safetensors"], _bytes[..100]);
        var thrown = Assert.Throws<InvalidDataException>(() => _run.Optimizer.Load(folder["broken.safetensors"]));
        Assert.Contains("is truncated", thrown.Message);
        Assert.Contains("broken.safetensors", thrown.Message);
    }

    [Fact]
    public void A_stream_that_breaks_off_between_verification_and_restoring_disposes_the_optimizer()
    {
        using var stream = new BreaksOnSecondPass(_bytes);
        Assert.Throws<IOException>(() => _run.Optimizer.Load(stream, _run.Parameters));
        Assert.Throws<ObjectDisposedException>(() => _run.Steps(0, 1));
    }

    private static void Rename(CheckpointFile file, string name, string to)
    {
        var tensor = file.Header[name]!.DeepClone();
        file.Header.Remove(name);
        file.Header[to] = tensor;
    }

    private void AssertRefused(byte[] bytes, string message = "The checkpoint ")
    {
        var before = _run.State();
        var thrown = Assert.Throws<InvalidDataException>(() => _run.Optimizer.Load(new MemoryStream(bytes), _run.Parameters));
        Assert.StartsWith("The checkpoint ", thrown.Message);
        Assert.Contains(message, thrown.Message);
        Assert.Equal(before, _run.State());
    }

    private sealed class BreaksOnSecondPass(byte[] bytes) : MemoryStream(bytes)
    {
        private bool _verified;

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_verified)
                throw new IOException("The cable was pulled.");
            var read = base.Read(buffer, offset, count);
            _verified = read == 0;
            return read;
        }

        public override int Read(Span<byte> buffer)
        {
            var array = new byte[buffer.Length];
            var read = Read(array, 0, array.Length);
            array.AsSpan(0, read).CopyTo(buffer);
            return read;
        }
    }
}
