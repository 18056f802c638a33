namespace Rllc.Runtime.Tests.Cpu;

/// <summary>Checkpoints of several tensors and of every memory format.</summary>
public class CheckpointTensorsTests
{
    private static readonly long[] Lengths = [4100, 0, 17, 1, 300];

    public static TheoryData<MemoryFormat, LawTiming, int> Interruptions
    {
        get
        {
            var data = new TheoryData<MemoryFormat, LawTiming, int>();
            foreach (var format in Enum.GetValues<MemoryFormat>())
                foreach (var timing in Enum.GetValues<LawTiming>())
                    foreach (var steps in new[] { 0, 1, 7, 255, 256 })
                        data.Add(format, timing, steps);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Interruptions))]
    public void After_a_restart_training_goes_on_with_the_same_bits(MemoryFormat format, LawTiming timing, int steps)
    {
        // Also right after a step in which some had no gradient, as every third one is, and before one.
        static bool HasGradient(int step, int tensor) => step % 3 != 0 || tensor == 2;
        var options = Formats.Options(format, timing) with { WeightDecay = 0.1, LawInterval = 2 };
        foreach (var count in new[] { steps, steps + 1, steps + 2 })
        {
            using var uninterrupted = Run.OfTensors(Lengths, options).TensorSteps(0, count, HasGradient);
            var stream = Saved(uninterrupted);
            using var resumed = Run.OfTensors(Lengths, new() { MemoryFormat = format, Threads = 2 }, seed: 99).TensorSteps(100, 2);
            resumed.Optimizer.Load(stream, resumed.Tensors(resumed.Parameters));
            Assert.Equal(uninterrupted.State(), resumed.State());
            uninterrupted.TensorSteps(count, 4, HasGradient);
            resumed.TensorSteps(count, 4, HasGradient);
            Assert.Equal(uninterrupted.State(), resumed.State());
        }
    }

    [Fact]
    public void A_file_does_what_a_stream_does()
    {
        using var folder = new TemporaryFolder();
        using var run = Run.OfTensors(Lengths, Formats.Options(MemoryFormat.BFloat16, LawTiming.Exact)).TensorSteps(0, 3);
        run.Optimizer.Save(folder["run.safetensors"], run.Tensors(run.Parameters));
        Assert.Equal(Saved(run).ToArray(), File.ReadAllBytes(folder["run.safetensors"]));
        using var resumed = Run.OfTensors(Lengths, Formats.Options(MemoryFormat.BFloat16, LawTiming.Exact), seed: 99);
        resumed.Optimizer.Load(folder["run.safetensors"], resumed.Tensors(resumed.Parameters));
        Assert.Equal(run.State(), resumed.State());
        // Parameters can be left out on either side.
        var parameters = resumed.Parameters.ToArray();
        resumed.TensorSteps(3, 1);
        resumed.Optimizer.Load(folder["run.safetensors"]);
        Assert.NotEqual(parameters, resumed.Parameters);
        Assert.Equal(3, resumed.Optimizer.StepCount);
    }

    [Theory]
    [InlineData(new long[0])]
    [InlineData(new[] { 0L })]
    [InlineData(new[] { 0L, 0, 0 })]
    public void Optimizers_of_nothing_survive_too(long[] lengths)
    {
        foreach (var format in Enum.GetValues<MemoryFormat>())
        {
            using var run = Run.OfTensors(lengths, new() { MemoryFormat = format }).TensorSteps(0, 3);
            using var resumed = Run.OfTensors(lengths, new() { MemoryFormat = format });
            resumed.Optimizer.Load(Saved(run), resumed.Tensors(resumed.Parameters));
            Assert.Equal(3, resumed.Optimizer.StepCount);
            Assert.Equal(run.State(), resumed.State());
        }
    }

    [Fact]
    public void A_reader_of_safetensors_finds_all_tensors_one_after_the_other_in_their_types()
    {
        using var run = Run.OfTensors([100, 30], Formats.Options(MemoryFormat.BFloat16, LawTiming.Exact)).TensorSteps(0, 3);
        var file = CheckpointFile.Parse(Saved(run).ToArray());
        Assert.Equal(["__metadata__", "parameters", "memory.M_0_9", "memory.M_0"], file.Header.Select(entry => entry.Key));
        Assert.Equal(["F32", "BF16", "BF16"], file.Header.Skip(1).Select(entry => (string?)entry.Value!["dtype"]));
        Assert.All(file.Header.Skip(1), entry => Assert.Equal("[130]", entry.Value!["shape"]!.ToJsonString()));
        Assert.Equal((130 * (4 + 2 + 2), "[100,30]", "BFloat16"), (file.Data.Length, (string?)file.Metadata["lengths"], (string?)file.Metadata["memory_format"]));
        Assert.Equal(run.Parameters, file.Tensor("parameters"));
        var units = Enumerable.Range(0, 260).Select(i => BitConverter.UInt32BitsToSingle((uint)BitConverter.ToUInt16(file.Data, 130 * 4 + 2 * i) << 16));
        Assert.Equal([.. run.Unit(0), .. run.Unit(1)], units);
    }

    [Fact]
    public void A_checkpoint_of_other_lengths_is_refused_though_they_are_as_many_parameters()
    {
        using var run = Run.OfTensors([100, 30]).TensorSteps(0, 3);
        AssertRefused(run, Run.OfTensors([30, 100]), "its tensors have [100,30] parameters, the optimizer's [30,100]");
        AssertRefused(run, Run.OfTensors([130]), "its tensors have [100,30] parameters, the optimizer's [130]");
        AssertRefused(run, Run.OfTensors([100, 30, 0]), "its tensors have [100,30] parameters, the optimizer's [100,30,0]");
        AssertRefused(run, Run.OfTensors([100, 31]), "its tensors have [100,30] parameters, the optimizer's [100,31]");
    }

    [Fact]
    public void A_checkpoint_of_another_format_is_refused()
    {
        foreach (var from in Enum.GetValues<MemoryFormat>())
            foreach (var to in Enum.GetValues<MemoryFormat>())
                if (from != to)
                {
                    using var run = Run.OfTensors(Lengths, Formats.Options(from, LawTiming.Exact)).TensorSteps(0, 2);
                    AssertRefused(run, Run.OfTensors(Lengths, Formats.Options(to, LawTiming.Exact)), $"holds a memory in {from}, the optimizer keeps it in {to}");
                }
    }

    [Fact]
    public void A_checkpoint_that_lies_about_its_format_is_refused_by_the_types_of_its_tensors()
    {
        using var run = Run.OfTensors(Lengths, Formats.Options(MemoryFormat.BFloat16, LawTiming.Exact)).TensorSteps(0, 2);
        var file = CheckpointFile.Parse(Saved(run).ToArray());
        file.Metadata["memory_format"] = "Float32";
        AssertRefused(file.Sealed(), Run.OfTensors(Lengths), "holds numbers of 2 bytes in 'memory.M_0_9' where numbers of 4 belong");
    }

    [Fact]
    public void A_file_in_bfloat16_that_is_cut_off_or_changed_anywhere_is_refused()
    {
        using var run = Run.OfTensors([200, 33], Formats.Options(MemoryFormat.BFloat16, LawTiming.Exact)).TensorSteps(0, 3);
        var bytes = Saved(run).ToArray();
        for (var percent = 0; percent < 100; percent++)
        {
            var position = bytes.Length * percent / 100;
            using var cut = Run.OfTensors([200, 33], Formats.Options(MemoryFormat.BFloat16, LawTiming.Exact));
            AssertRefused(bytes[..position], cut, "is truncated");
            var changed = bytes.ToArray();
            changed[position] ^= (byte)(1 << percent % 8);
            AssertRefused(changed, Run.OfTensors([200, 33], Formats.Options(MemoryFormat.BFloat16, LawTiming.Exact)), "The checkpoint ");
        }
    }

    [Theory]
    [InlineData(MemoryFormat.Float32)]
    [InlineData(MemoryFormat.BFloat16)]
    [InlineData(MemoryFormat.BFloat16Stochastic)]
    public void A_run_that_has_diverged_goes_on_from_its_checkpoint_as_if_it_had_not(MemoryFormat format)
    {
        // The clip factor of a NaN is one too, for every element and for what pads the last tile.
        var options = new OptimizerOptions { MemoryFormat = format, SkipNonFinite = false, MaxGradientNorm = 1 };
        using var run = Run.OfTensors([20, 5], options).TensorSteps(0, 3);
        var stream = Saved(run);
        using var expected = Run.OfTensors([20, 5], options).TensorSteps(0, 6);
        float[] nan = [.. Enumerable.Repeat(float.NaN, 20)];
        run.Optimizer.Step(run.Tensors(run.Parameters), [nan, nan[..5]]);
        run.Optimizer.Load(stream, run.Tensors(run.Parameters));
        run.TensorSteps(3, 3);
        Assert.Equal(expected.State(), run.State());
    }

    private static void AssertRefused(Run run, Run other, string message) => AssertRefused(Saved(run).ToArray(), other, message);

    private static void AssertRefused(byte[] checkpoint, Run other, string message)
    {
        using (other)
        {
            other.TensorSteps(5, 1);
            var before = other.State();
            var thrown = Assert.Throws<InvalidDataException>(() => other.Optimizer.Load(new MemoryStream(checkpoint), other.Tensors(other.Parameters)));
            Assert.Contains(message, thrown.Message);
            Assert.Equal(before, other.State());
        }
    }

    private static MemoryStream Saved(Run run)
    {
        var stream = new MemoryStream();
        run.Optimizer.Save(stream, run.Tensors(run.Parameters));
        stream.Position = 0;
        return stream;
    }
}
