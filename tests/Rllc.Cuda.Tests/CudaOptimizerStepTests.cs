namespace Rllc.Cuda.Tests;

public class CudaOptimizerStepTests
{
    private const string Spec = "M(0.9) ⊕ M(0)";
    private const int SettingsBytes = 72;
    private const int TensorBytes = 32;

    private static readonly OptimizerOptions Exact = new();
    private static readonly OptimizerOptions Fixed = new() { FixedLaw = [0.9, 1], LawLearningRate = 0, SkipNonFinite = false };
    private static readonly OptimizerOptions Delayed = new() { Timing = LawTiming.Delayed, SkipNonFinite = false };

    [SkippableFact]
    public void With_exact_timing_the_law_is_solved_for_between_two_passes()
    {
        using var driver = new FakeDriver();
        using var model = new Model(Spec, Exact, 5000, 17);
        AssertStep(driver, model, ("Project", 3), ("SolveExact", 1), ("Advance", 3));
    }

    [SkippableFact]
    public void With_delayed_timing_there_is_one_pass_between_two_kernels_of_the_law()
    {
        using var driver = new FakeDriver();
        using var model = new Model(Spec, Delayed, 5000, 17);
        AssertStep(driver, model, ("BeginDelayed", 1), ("ProjectAndAdvance", 3), ("EndDelayed", 1));
    }

    [SkippableFact]
    public void With_a_fixed_law_there_is_one_pass()
    {
        using var driver = new FakeDriver();
        using var model = new Model(Spec, Fixed, 5000, 17);
        AssertStep(driver, model, ("BeginFixed", 1), ("Advance", 3));
        Assert.Equal((2, 28), (model.Optimizer.Footprint.LaunchesPerStep, model.Optimizer.Footprint.BytesMovedPerParameter));
    }

    [SkippableFact]
    public void With_a_fixed_law_that_clips_or_skips_the_norm_is_known_before_anything_is_written()
    {
        foreach (var options in new[] { Fixed with { MaxGradientNorm = 1 }, Fixed with { SkipNonFinite = true } })
        {
            using var driver = new FakeDriver();
            using var model = new Model(Spec, options, 5000, 17);
            AssertStep(driver, model, ("Project", 3), ("SolveExact", 1), ("Advance", 3));
        }
    }

    [SkippableFact]
    public void A_fixed_law_has_no_Gram_matrix_and_no_learning_rate()
    {
        using var driver = new FakeDriver();
        using var model = new Model(Spec, Fixed, 5000, 17);
        Assert.Throws<InvalidOperationException>(() => model.Optimizer.ReadGram(Model.Stream));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Optimizer.LawLearningRate = 0.1);
    }

    [SkippableFact]
    public void Without_elements_only_the_law_s_kernels_run()
    {
        foreach (var lengths in new long[][] { [], [0], [0, 0, 0] })
        {
            using var driver = new FakeDriver();
            using var exact = new Model(Spec, Exact, lengths);
            AssertStep(driver, exact, ("SolveExact", 1));
            using var delayed = new Model(Spec, Delayed, lengths);
            AssertStep(driver, delayed, ("BeginDelayed", 1), ("EndDelayed", 1));
            using var fixedLaw = new Model(Spec, Fixed, lengths);
            AssertStep(driver, fixedLaw, ("BeginFixed", 1));
        }
    }

    [SkippableFact]
    public void Groups_take_several_chunks_where_there_are_many()
    {
        using var driver = new FakeDriver();
        using var model = new Model("M(0.9)", Exact, 2048 * 4096 + 1);
        var launches = driver.RecordLaunches();
        AssertStep(driver, model, ("Project", 1025), ("SolveExact", 1), ("Advance", 1025));
        Assert.All(launches, launch => Assert.Equal(2, launch.Argument.Elements.ChunksPerGroup));
    }

    [SkippableFact]
    public void The_first_step_uploads_everything_and_the_second_nothing()
    {
        using var driver = new FakeDriver();
        using var model = new Model(Spec, Exact, 10, 20, 30);
        driver.TakeLog();
        model.Step();
        Assert.Equal([Upload(0, SettingsBytes), Upload(0, 3 * TensorBytes)], driver.TakeUploads());
        model.Step();
        Assert.Empty(driver.TakeUploads());
    }

    [SkippableFact]
    public void A_step_never_waits_and_a_repeated_one_only_launches()
    {
        using var driver = new FakeDriver();
        using var model = new Model(Spec, Exact, 10);
        model.Step();
        driver.TakeLog();
        for (var i = 0; i < 100; i++)
            model.Step();
        Assert.Equal(
            Enumerable.Repeat(new[] { "cuCtxPushCurrent_v2", "cuLaunchKernel", "cuCtxPopCurrent_v2" }, 300).SelectMany(calls => calls),
            driver.TakeCalls());
    }

    [SkippableFact]
    public void Of_the_tensors_only_those_that_have_moved_are_uploaded()
    {
        using var driver = new FakeDriver();
        // Far enough apart that their entries do not share a copy.
        using var model = new Model("M(0.9)", Exact, [.. Enumerable.Repeat(4L, 1000)]);
        model.Step();
        driver.TakeLog();
        model.Tensors[999] = model.Tensors[999] with { Gradient = model.Tensors[0].Gradient };
        model.Step();
        Assert.Equal([Upload(999 * TensorBytes, TensorBytes)], driver.TakeUploads());
        (model.Tensors[0], model.Tensors[500]) = (model.Tensors[500], model.Tensors[0]);
        model.Step();
        Assert.Equal([Upload(0, TensorBytes), Upload(500 * TensorBytes, TensorBytes)], driver.TakeUploads());
    }

    [SkippableFact]
    public void New_rates_and_a_new_loss_scale_are_uploaded_with_the_next_step()
    {
        using var driver = new FakeDriver();
        using var model = new Model(Spec, Exact, 10);
        var seen = new List<LawSettings>();
        OnSolve(driver, step => seen.Add(Model.At(step.Law.Settings)[0]));
        model.Step();
        driver.TakeLog();

        (model.Optimizer.LearningRate, model.Optimizer.LawLearningRate, model.Optimizer.LossScale) = (0.5, 0.25, 1024);
        Assert.Empty(driver.TakeLog());
        model.Step();
        Assert.Equal([Upload(0, SettingsBytes)], driver.TakeUploads());
        model.Optimizer.LearningRate = 0.5;
        model.Step();
        Assert.Empty(driver.TakeUploads());

        model.Synchronize();
        var first = LawSettings.From(Exact);
        var second = first with { LearningRate = 0.5, LawLearningRate = 0.25, LossScale = 1024 };
        Assert.Equal([first, second, second], seen);
        Assert.Equal((0.5, 0.25, 1024), (model.Optimizer.LearningRate, model.Optimizer.LawLearningRate, model.Optimizer.LossScale));
    }

    [SkippableFact]
    public void A_gradient_that_vanishes_and_comes_back_is_told_to_the_law()
    {
        using var driver = new FakeDriver();
        using var model = new Model(Spec, Exact, 10, 0, 30);
        var seen = new List<(int, bool)>();
        OnSolve(driver, step => seen.Add((Model.At(step.Law.Settings)[0].SomeHaveNoGradient, Model.At(step.Elements.Tensors)[2].Gradient == 0)));
        // A tensor without elements misses none.
        model.Tensors[1] = default;
        model.Step();
        driver.TakeLog();

        var whole = model.Tensors[2];
        model.Tensors[2] = whole with { Gradient = 0 };
        model.Step();
        Assert.Equal([Upload(0, SettingsBytes), Upload(2 * TensorBytes, TensorBytes)], driver.TakeUploads());
        model.Step();
        Assert.Empty(driver.TakeUploads());
        model.Tensors[2] = whole;
        model.Step();
        Assert.Equal([Upload(0, SettingsBytes), Upload(2 * TensorBytes, TensorBytes)], driver.TakeUploads());

        model.Synchronize();
        Assert.Equal([(0, false), (1, true), (1, true), (0, false)], seen);
    }

    [SkippableFact]
    public void What_is_to_change_may_change_as_soon_as_the_step_returns()
    {
        using var driver = new FakeDriver();
        using var model = new Model(Spec, Exact, 10);
        var seen = new List<(long, double)>();
        OnSolve(driver, step => seen.Add((4 * Model.At(step.Elements.Tensors)[0].Gradient, Model.At(step.Law.Settings)[0].LearningRate)));
        var expected = new List<(long, double)>();
        for (var i = 0; i < 50; i++)
        {
            model.Tensors[0] = model.Tensors[0] with { Gradient = 4096 + 64 * (ulong)i };
            model.Optimizer.LearningRate = i;
            model.Step();
            expected.Add((4096 + 64 * i, i));
        }
        model.Synchronize();
        Assert.Equal(expected, seen);
    }

    [SkippableFact]
    public void A_step_allocates_nothing_on_the_managed_heap()
    {
        using var driver = new FakeDriver();
        foreach (var options in new[] { Exact, Delayed, Fixed })
        {
            using var model = new Model(Spec, options, 10, 20, 30);
            var whole = model.Tensors[1];
            for (var i = 0; i < 4; i++)
                ChangeAndStep(i);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
                ChangeAndStep(i);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

            void ChangeAndStep(int i)
            {
                model.Tensors[1] = (i & 1) == 0 ? whole : whole with { Gradient = 0 };
                model.Step();
            }
        }
    }

    private static string Upload(int offset, int bytes) => $"cuMemcpyHtoDAsync_v2(+{offset}, {bytes}, {Model.Stream.Handle})";

    /// <summary>Takes a step, which must launch these kernels with so many groups, and let nobody wait.</summary>
    private static void AssertStep(FakeDriver driver, Model model, params (string Kernel, int Groups)[] expected)
    {
        var launches = driver.RecordLaunches();
        driver.TakeLog();
        model.Step();
        var calls = driver.TakeStep();
        Assert.Equal(
            expected.Select(launch => $"cuLaunchKernel({launch.Groups}x1x1, 256x1x1, 0, {Model.Stream.Handle}, -)"),
            calls.Where(call => call.StartsWith("cuLaunch", StringComparison.Ordinal)));
        // The first use of a table's staging memory asks for its last copy, of which there was none.
        Assert.Subset(
            new HashSet<string> { "cuLaunchKernel", "cuMemcpyHtoDAsync_v2", "cuEventSynchronize" },
            calls.Select(call => call[..call.IndexOf('(')]).ToHashSet());
        Assert.Empty(launches);
        model.Synchronize();
        Assert.Equal(expected.Select(launch => launch.Kernel), launches.Select(launch => launch.Kernel));
    }

    private static unsafe void OnSolve(FakeDriver driver, Action<StepArguments> look) =>
        driver.OnLaunch((name, arguments) =>
        {
            if (name == "SolveExact")
                look(*(StepArguments*)arguments[0]);
        });

    [SkippableFact]
    public void The_footprint_is_what_the_layout_says_and_knows_how_the_last_step_s_tensors_were_aligned()
    {
        using var driver = new FakeDriver();
        using var model = new Model("M(0.9) ⊕ M(0)", new(), 4096, 17);
        Assert.Equal(0, model.Optimizer.Footprint.ScalarTensorCount);
        model.Tensors[1] = model.Tensors[1] with { Gradient = model.Tensors[0].Gradient + 4 };
        model.Step();
        var footprint = model.Optimizer.Footprint;
        Assert.Equal((4113, 2, 3, 1), (footprint.ParameterCount, footprint.TensorCount, footprint.LaunchesPerStep, footprint.ScalarTensorCount));
        Assert.Equal((40, 4113 * 40), (footprint.BytesMovedPerParameter, footprint.BytesMovedPerStep));
        // Two units of 4096 + 32 rows, in float32.
        Assert.Equal(2 * 4128 * 4, footprint.MemoryBytes);
    }
}
