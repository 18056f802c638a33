namespace Rllc.Cuda.Tests;

public class CudaOptimizerStateTests
{
    private const string Spec = "M(0.9) ⊕ M2(0.5)";

    [SkippableFact]
    public void The_kernels_are_given_all_that_was_allocated_and_filled_for_them()
    {
        foreach (var format in Enum.GetValues<MemoryFormat>())
        {
            var options = new OptimizerOptions { InitialLaw = [3, 2, 1], MemoryFormat = format };
            using var driver = new FakeDriver();
            using var model = new Model(Spec, options, 5000, 0, 17);
            var launches = driver.RecordLaunches();
            model.Step();
            model.Synchronize();
            Assert.Equal(3, launches.Count);
            Assert.All(launches, launch => Assert.Equal(launches[0].Argument, launch.Argument));
            var step = launches[0].Argument;

            var memory = model.Optimizer.LinearMemory;
            var rounded = memory.RoundedToSingle();
            Assert.Equal(rounded.B.ToRowMajor(), Model.At(step.Law.B));
            Assert.Equal(rounded.a.ToArray(), Model.At(step.Law.a));
            Assert.Equal(memory.S.ToRowMajor(), Model.At(step.Law.S));
            var product = SquareMatrix.FromRowMajor(3, Model.At(step.Law.InverseS)) * memory.S;
            for (var i = 0; i < 9; i++)
                Assert.Equal(i % 4 == 0 ? 1 : 0, product[i / 3, i % 3], 1e-12);
            Assert.Equal([3, 2, 1], Model.At(step.Law.L));
            Assert.Equal(new double[9], Model.At(step.Law.G));
            Assert.Equal(new double[3], Model.At(step.Law.Pending));
            Assert.Equal([LawSettings.From(options)], Model.At(step.Law.Settings));
            Assert.Equal(default, Model.At(step.Law.Counters)[0]);
            Assert.Equal(default, Model.At(step.Law.Factors)[0]);
            Assert.Equal(new float[3], Model.At(step.Law.StepLaw));

            Assert.Equal(
                [(0, 0L, 4096, 0L), (0, 4096L, 904, 4096L), (2, 0L, 17, 5008L)],
                Model.At(step.Elements.Chunks).ToArray().Select(chunk => (chunk.Tensor, chunk.Offset, chunk.Count, chunk.Row)));
            Assert.Equal(model.Tensors[0], Addresses(Model.At(step.Elements.Tensors)[0]));
            Assert.Equal(default, Addresses(Model.At(step.Elements.Tensors)[1]));
            Assert.Equal(model.Tensors[2], Addresses(Model.At(step.Elements.Tensors)[2]));
            Assert.Equal(new DeviceView<float>(0, long.MaxValue / 4), step.Elements.Addresses);
            Assert.Equal((5040, 1), (step.Elements.Rows, step.Elements.ChunksPerGroup));
            Assert.Equal(new byte[3 * 5040 * (format == MemoryFormat.Float32 ? 4 : 2)], Model.At(step.Elements.M));
            // c, γ and six pairs.
            Assert.Equal(3 * 10, step.Elements.Partials.Length);
        }
    }

    [SkippableFact]
    public void A_new_optimizer_has_the_initial_law_and_has_done_nothing()
    {
        using var driver = new FakeDriver();
        using var model = new Model(Spec, new(), 10, 20);
        var optimizer = model.Optimizer;
        Assert.Equal([1, 0, 0], optimizer.ReadLaw(Model.Stream));
        Assert.Equal(new double[9], optimizer.ReadGram(Model.Stream).ToRowMajor());
        Assert.Equal((0, 0), (optimizer.ReadStepCount(Model.Stream), optimizer.ReadSkippedCount(Model.Stream)));
        Assert.False(optimizer.ReadReport(Model.Stream).Applied);
        Assert.Equal((30, MemoryFormat.Float32), (optimizer.Length, optimizer.MemoryFormat));
        Assert.Equal([10, 20], optimizer.Lengths);
        Assert.Equal((0.03, 0.003, 1), (optimizer.LearningRate, optimizer.LawLearningRate, optimizer.LossScale));
    }

    [SkippableFact]
    public void Reports_and_counts_are_what_the_device_has_written()
    {
        using var driver = new FakeDriver();
        using var model = new Model(Spec, new(), 10);
        OnSolve(driver, step =>
        {
            Model.At(step.Law.L)[1] = 0.5;
            Model.At(step.Law.Counters)[0] = new() { Step = 11, Skipped = 22 };
            Model.At(step.Law.Factors)[0] = new() { Applied = 1, GradientNorm = 4, ClipFactor = 0.25 };
        });
        model.Step();
        var report = model.Optimizer.ReadReport(Model.Stream);
        Assert.Equal((true, 4, 0.25), (report.Applied, report.GradientNorm, report.ClipFactor));
        Assert.Equal([1, 0.5, 0], report.Law);
        Assert.Equal((11, 22), (model.Optimizer.ReadStepCount(Model.Stream), model.Optimizer.ReadSkippedCount(Model.Stream)));
    }

    [SkippableFact]
    public void A_report_allocates_nothing_on_the_managed_heap()
    {
        using var driver = new FakeDriver();
        using var model = new Model(Spec, new(), 10);
        model.Step();
        model.Optimizer.ReadReport(Model.Stream);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            model.Optimizer.ReadReport(Model.Stream);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [SkippableFact]
    public void Units_are_read_from_where_the_tensors_are_in_M()
    {
        // More than a piece of the way to the host, 2¹⁸ elements, and no multiple of it.
        long[] lengths = [17, 600_000, 0, 5];
        foreach (var format in Enum.GetValues<MemoryFormat>())
        {
            using var driver = new FakeDriver();
            using var model = new Model(Spec, new() { MemoryFormat = format }, lengths);
            OnSolve(driver, step => Fill(step.Elements.M, step.Elements.Rows, format));
            model.Step();
            var all = new float[lengths.Sum()];
            var rows = new long[] { 0, 32, 600_032, 600_032 };
            for (var unit = 0; unit < 3; unit++)
            {
                model.Optimizer.CopyUnit(unit, all, Model.Stream);
                var start = 0;
                for (var tensor = 0; tensor < lengths.Length; tensor++)
                {
                    var part = new float[lengths[tensor]];
                    model.Optimizer.CopyUnit(unit, tensor, part, Model.Stream);
                    Assert.Equal(Enumerable.Range(0, part.Length).Select(i => Entry(unit, rows[tensor] + i)), part);
                    Assert.Equal(part, all[start..(start += part.Length)]);
                    Assert.Equal(lengths[tensor] * (format == MemoryFormat.Float32 ? 4 : 2), model.Optimizer.Unit(unit, tensor).Length);
                }
            }
        }
    }

    [SkippableFact]
    public void What_was_read_can_be_restored_in_another_optimizer()
    {
        using var driver = new FakeDriver();
        using var model = new Model(Spec, new(), 10, 20);
        OnSolve(driver, step =>
        {
            Fill(step.Elements.M, step.Elements.Rows, MemoryFormat.Float32);
            new double[] { 1, 2, 3 }.CopyTo(Model.At(step.Law.L));
            new double[] { 1, 2, 3, 2, 5, 6, 3, 6, 9 }.CopyTo(Model.At(step.Law.G));
            new double[] { 7, 8, 9 }.CopyTo(Model.At(step.Law.Pending));
            Model.At(step.Law.Counters)[0] = new() { Step = 11, Skipped = 22, GramRequested = 1 };
            Model.At(step.Law.Factors)[0].Applied = 1;
        });
        model.Step();
        var state = model.Optimizer.ReadState(Model.Stream);
        var options = new OptimizerOptions { LearningRate = 0.5, Timing = LawTiming.Delayed, SkipNonFinite = false };

        using var other = new Model(Spec, new(), 10, 20);
        other.Optimizer.Restore(options, state, Model.Stream);
        for (var unit = 0; unit < 3; unit++)
            for (var tensor = 0; tensor < 2; tensor++)
            {
                var bytes = new byte[4 * other.Optimizer.Lengths[tensor]];
                model.Optimizer.ReadMemory(model.Optimizer.Unit(unit, tensor), bytes, Model.Stream);
                other.Optimizer.WriteMemory(bytes, other.Optimizer.Unit(unit, tensor), Model.Stream);
            }

        Assert.Equivalent(state, other.Optimizer.ReadState(Model.Stream), strict: true);
        Assert.Equal(new LawCounters { Step = 11, Skipped = 22, GramRequested = 1 }, other.Optimizer.ReadState(Model.Stream).Counters);
        Assert.Equal(0.5, other.Optimizer.LearningRate);
        Assert.False(other.Optimizer.ReadReport(Model.Stream).Applied);
        for (var unit = 0; unit < 3; unit++)
        {
            var part = new float[20];
            other.Optimizer.CopyUnit(unit, 1, part, Model.Stream);
            Assert.Equal(Enumerable.Range(0, 20).Select(i => Entry(unit, 16 + i)), part);
        }
        // The timing of the restored options is that of the next step.
        var launches = driver.RecordLaunches();
        other.Step();
        other.Synchronize();
        Assert.Equal(["BeginDelayed", "ProjectAndAdvance", "EndDelayed"], launches.Select(launch => launch.Kernel));
        Assert.Equal(0.5, Model.At(launches[0].Argument.Law.Settings)[0].LearningRate);
    }

    [SkippableFact]
    public void A_state_that_does_not_fit_is_refused_with_nothing_written()
    {
        using var driver = new FakeDriver();
        using var model = new Model(Spec, new(), 10);
        using var smaller = new Model("M(0.9)", new(), 10);
        var state = model.Optimizer.ReadState(Model.Stream);
        driver.TakeLog();
        Assert.Throws<ArgumentException>(() => model.Optimizer.Restore(new(), smaller.Optimizer.ReadState(Model.Stream), Model.Stream));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Optimizer.Restore(new() { Epsilon = -1 }, state, Model.Stream));
        Assert.Throws<NotSupportedException>(() => model.Optimizer.Restore(new() { Relaxation = Relaxation.PseudoInverse }, state, Model.Stream));
        Assert.Equal(
            "The memory is kept in Float32, not in BFloat16. (Parameter 'options')",
            Assert.Throws<ArgumentException>(() => model.Optimizer.Restore(new() { MemoryFormat = MemoryFormat.BFloat16 }, state, Model.Stream)).Message);
        Assert.DoesNotContain(driver.TakeLog(), call => call.StartsWith("cuMemcpyHtoD", StringComparison.Ordinal));
    }

    private static CudaTensor Addresses(DeviceTensor tensor) => new(4 * (ulong)tensor.Parameters, 4 * (ulong)tensor.Gradient);

    // Few enough values that every format holds them.
    private static float Entry(int unit, long row) => unit + 1 + row % 32 / 32f;

    private static void Fill(DeviceView<byte> M, long rows, MemoryFormat format)
    {
        for (var unit = 0; unit < 3; unit++)
            for (var row = 0L; row < rows; row++)
                if (format == MemoryFormat.Float32)
                    Model.At(new DeviceView<float>(M.Address, 3 * rows))[(int)(unit * rows + row)] = Entry(unit, row);
                else
                    Model.At(new DeviceView<ushort>(M.Address, 3 * rows))[(int)(unit * rows + row)] = (ushort)(BitConverter.SingleToUInt32Bits(Entry(unit, row)) >> 16);
    }

    private static unsafe void OnSolve(FakeDriver driver, Action<StepArguments> write) =>
        driver.OnLaunch((name, arguments) =>
        {
            if (name == "SolveExact")
                write(*(StepArguments*)arguments[0]);
        });
}
