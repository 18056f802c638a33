namespace Rllc.Runtime.Tests.Cpu;

public class CheckpointTests
{
    private const int Length = 4100;

    private static readonly OptimizerOptions Exact = new()
    {
        LearningRate = 0.05, LawLearningRate = 0.02, LawInterval = 3, HoldCorrections = 2, WeightDecay = 0.1, MaxGradientNorm = 20,
        Relaxation = Relaxation.Trace, Epsilon = 1e-4, Maximize = true, InitialLaw = [0.5, 0.25],
    };

    private static readonly OptimizerOptions Delayed = Exact with
    {
        Timing = LawTiming.Delayed, SkipNonFinite = false, MaxGradientNorm = double.PositiveInfinity,
    };

    public static TheoryData<LawTiming, int> Interruptions => new()
    {
        { LawTiming.Exact, 0 }, { LawTiming.Exact, 1 }, { LawTiming.Exact, 7 }, { LawTiming.Exact, 255 }, { LawTiming.Exact, 256 },
        { LawTiming.Delayed, 0 }, { LawTiming.Delayed, 1 }, { LawTiming.Delayed, 8 }, { LawTiming.Delayed, 255 }, { LawTiming.Delayed, 256 },
    };

    [Theory]
    [MemberData(nameof(Interruptions))]
    public void After_a_restart_training_goes_on_with_the_same_bits(LawTiming timing, int steps)
    {
        using var folder = new TemporaryFolder();
        using var uninterrupted = Run.Of(Length, timing == LawTiming.Exact ? Exact : Delayed).Steps(0, steps);
        uninterrupted.Optimizer.Save(folder["run.safetensors"], uninterrupted.Parameters);
        var saved = uninterrupted.State();
        uninterrupted.Steps(steps, 10);

        // With other options: those of the checkpoint count.
        using var resumed = new Run(new MomentumMixByHand(Length, new() { LearningRate = 1 }), seed: 99).Steps(100, 3);
        resumed.Optimizer.Load(folder["run.safetensors"], resumed.Parameters);
        Assert.Equal(saved, resumed.State());
        resumed.Steps(steps, 10);
        Assert.Equal(uninterrupted.State(), resumed.State());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Partition.ChunkLength)]
    [InlineData(10_000)]
    public void Every_length_survives_a_stream(int length)
    {
        using var run = Run.Of(length).Steps(0, 3);
        var stream = new MemoryStream();
        // A checkpoint may begin anywhere in a stream.
        stream.Write([1, 2, 3]);
        run.Optimizer.Save(stream, run.Parameters);
        stream.Position = 3;
        using var resumed = Run.Of(length);
        resumed.Optimizer.Load(stream, resumed.Parameters);
        Assert.Equal(run.State(), resumed.State());
    }

    [Fact]
    public void Rates_and_loss_scale_in_force_are_restored_and_can_be_changed_afterwards()
    {
        using var run = Run.Of(Length);
        (run.Optimizer.LearningRate, run.Optimizer.LawLearningRate, run.Optimizer.LossScale) = (0.1, 1.0 / 3, 4096);
        using var resumed = Run.Of(Length);
        resumed.Optimizer.Load(Saved(run));
        Assert.Equal((0.1, 1.0 / 3, 4096.0), (resumed.Optimizer.LearningRate, resumed.Optimizer.LawLearningRate, resumed.Optimizer.LossScale));
        resumed.Optimizer.LearningRate = 0.7;
        Assert.Equal(0.7, resumed.Optimizer.LearningRate);
    }

    [Fact]
    public void Parameters_are_left_alone_where_they_are_not_asked_for()
    {
        using var run = Run.Of(Length).Steps(0, 2);
        using var resumed = new Run(new MomentumMixByHand(Length), seed: 99);
        var parameters = resumed.Parameters.ToArray();
        resumed.Optimizer.Load(Saved(run, run.Parameters));
        Assert.Equal(parameters, resumed.Parameters);
        Assert.Equal(run.Unit(0), resumed.Unit(0));
    }

    [Fact]
    public void Parameters_that_the_checkpoint_lacks_are_not_silently_left_as_they_are()
    {
        using var run = Run.Of(Length).Steps(0, 2);
        using var resumed = Run.Of(Length).Steps(0, 1);
        var before = resumed.State();
        var thrown = Assert.Throws<InvalidDataException>(() => resumed.Optimizer.Load(Saved(run), resumed.Parameters));
        Assert.Contains("no parameters", thrown.Message);
        Assert.Equal(before, resumed.State());
    }

    [Fact]
    public void A_run_that_has_diverged_does_not_replace_a_good_checkpoint()
    {
        using var folder = new TemporaryFolder();
        using var run = Run.Of(2, new() { SkipNonFinite = false });
        run.Optimizer.Save(folder["run.safetensors"]);
        var before = File.ReadAllBytes(folder["run.safetensors"]);
        run.Optimizer.Step(run.Parameters, [float.NaN, float.PositiveInfinity]);
        var thrown = Assert.Throws<InvalidOperationException>(() => run.Optimizer.Save(folder["run.safetensors"]));
        Assert.Contains("diverged", thrown.Message);
        Assert.Equal(before, File.ReadAllBytes(folder["run.safetensors"]));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void What_a_killed_save_has_left_goes_with_the_next_save_and_nothing_else_does()
    {
        using var folder = new TemporaryFolder();
        var abandoned = folder[$"run.safetensors.{Guid.NewGuid():N}.tmp"];
        string[] others = ["run.safetensors.tmp", "run.safetensors.old.tmp", $"other.safetensors.{Guid.NewGuid():N}.tmp"];
        File.WriteAllBytes(abandoned, [1]);
        foreach (var other in others)
            File.WriteAllBytes(folder[other], [1]);
        using var run = Run.Of(2);
        using (new AtomicFile(folder["run.safetensors"]))
        {
            var mine = Directory.GetFiles(folder.Path).Single(file => file != abandoned && !others.Contains(Path.GetFileName(file)));
            run.Optimizer.Save(folder["run.safetensors"]);
            string[] kept = [mine, .. others.Select(other => folder[other]), folder["run.safetensors"]];
            Assert.Equal(kept.Order(), Directory.GetFiles(folder.Path).Order());
        }
    }

    [Fact]
    public void A_memory_without_a_spec_is_known_by_its_matrices()
    {
        var B = new SquareMatrix(new[,] { { 0.5, 0.25 }, { 0, -0.125 } });
        using var run = new Run(new AnyMemoryByHand(new LinearMemory(B, [1, 0.5]), Length)).Steps(0, 4);
        using var resumed = new Run(new AnyMemoryByHand(new LinearMemory(B, [1, 0.5]), Length));
        resumed.Optimizer.Load(Saved(run, run.Parameters), resumed.Parameters);
        Assert.Equal(run.State(), resumed.State());
        using var other = new Run(new AnyMemoryByHand(new LinearMemory(B, [1, 0.25]), Length));
        var thrown = Assert.Throws<InvalidDataException>(() => other.Optimizer.Load(Saved(run)));
        Assert.Contains("a = [1,0.5]", thrown.Message);
        Assert.Contains("a = [1,0.25]", thrown.Message);
    }

    [Fact]
    public void A_save_that_fails_leaves_the_old_file()
    {
        using var folder = new TemporaryFolder();
        using var run = Run.Of(Length).Steps(0, 2);
        run.Optimizer.Save(folder["run.safetensors"]);
        var before = File.ReadAllBytes(folder["run.safetensors"]);
        Assert.Throws<ArgumentException>("parameters", () => run.Optimizer.Save(folder["run.safetensors"], new float[Length + 1]));
        using (var file = new AtomicFile(folder["run.safetensors"]))
            file.Stream.Write([1, 2, 3]);
        Assert.Equal(before, File.ReadAllBytes(folder["run.safetensors"]));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_save_replaces_the_old_file_and_leaves_no_other()
    {
        using var folder = new TemporaryFolder();
        using var run = Run.Of(Length).Steps(0, 2);
        run.Optimizer.Save(folder["run.safetensors"]);
        run.Steps(2, 1).Optimizer.Save(folder["run.safetensors"]);
        using var resumed = Run.Of(Length);
        resumed.Optimizer.Load(folder["run.safetensors"]);
        Assert.Equal(3, resumed.Optimizer.StepCount);
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Saving_changes_nothing()
    {
        using var run = Run.Of(Length, Delayed).Steps(0, 5);
        var before = run.State();
        Saved(run, run.Parameters);
        Assert.Equal(before, run.State());
    }

    [Fact]
    public void Under_a_culture_with_other_signs_the_same_bytes_are_written_and_read()
    {
        using var run = Run.Of(Length, Exact).Steps(0, 5);
        var expected = Saved(run).ToArray();
        var culture = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new("fi-FI");
            Assert.Equal(expected, Saved(run).ToArray());
            using var resumed = Run.Of(Length);
            resumed.Optimizer.Load(new MemoryStream(expected));
            Assert.Equal(run.Optimizer.LawCoefficients, resumed.Optimizer.LawCoefficients);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Errors_of_use_are_named()
    {
        using var folder = new TemporaryFolder();
        using var optimizer = new MomentumMixByHand(Length);
        Assert.Throws<FileNotFoundException>(() => optimizer.Load(folder["none.safetensors"]));
        Assert.Throws<DirectoryNotFoundException>(() => optimizer.Save(folder["none/run.safetensors"]));
        Assert.Throws<ArgumentException>("parameters", () => optimizer.Load(new MemoryStream(), new float[1]));
        Assert.Throws<ArgumentException>("stream", () => optimizer.Load(new System.IO.Compression.GZipStream(Stream.Null, System.IO.Compression.CompressionMode.Decompress)));
    }

    private static MemoryStream Saved(Run run, ReadOnlySpan<float> parameters = default)
    {
        var stream = new MemoryStream();
        run.Optimizer.Save(stream, parameters);
        stream.Position = 0;
        return stream;
    }
}
