namespace Rllc.Cuda.Tests;

public class CudaOptimizerErrorTests
{
    private const string Spec = "M(0.9) ⊕ M(0)";

    private static readonly LinearMemory Memory = LinearMemory.Parse(Spec);

    [SkippableFact]
    public void Tensors_that_cannot_be_right_are_refused_before_anything_is_queued()
    {
        using var driver = new FakeDriver();
        using var model = new Model(Spec, new(), 10, 20);
        var (first, second) = (model.Tensors[0], model.Tensors[1]);
        driver.TakeLog();

        AssertRefused("The optimizer has 2 tensors, not 1. (Parameter 'tensors')", first);
        AssertRefused("The optimizer has 2 tensors, not 3. (Parameter 'tensors')", first, second, second);
        AssertRefused("parameters[1] has no address. (Parameter 'tensors')", first, second with { Parameters = 0 });
        AssertRefused("parameters[0] is at 0x1002, which is no multiple of 4, as float32 needs.", first with { Parameters = 0x1002 }, second);
        AssertRefused("gradients[1] is at 0x1001, which is no multiple of 4, as float32 needs.", first, second with { Gradient = 0x1001 });
        AssertRefused("parameters[1] must not overlap parameters[0].", first, second with { Parameters = first.Parameters + 36 });
        AssertRefused("parameters[0] must not overlap gradients[1].", first with { Parameters = second.Gradient + 76 }, second);
        AssertRefused("gradients[0] must not overlap parameters[0].", first with { Gradient = first.Parameters + 4 }, second);

        // Where they touch, or gradients share memory, all is well; and so it is again after all those errors.
        model.Optimizer.Step([first, second with { Gradient = first.Gradient, Parameters = first.Parameters + 40 }], Model.Stream);
        model.Step();

        void AssertRefused(string message, params CudaTensor[] tensors)
        {
            for (var i = 0; i < 2; i++)
                Assert.Equal(message, Assert.Throws<ArgumentException>(() => model.Optimizer.Step(tensors, Model.Stream)).Message);
            Assert.Empty(driver.TakeLog());
        }
    }

    [SkippableFact]
    public void An_optimizer_that_cannot_be_is_refused_before_anything_is_allocated()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        var ptx = StepModule.Of(Memory);
        driver.TakeLog();
        Assert.Throws<ArgumentNullException>("device", () => New(null!, Memory, ptx, new(), PtxCache.None));
        Assert.Throws<ArgumentNullException>("memory", () => New(device, null!, ptx, new(), PtxCache.None));
        Assert.Throws<ArgumentNullException>("options", () => New(device, Memory, ptx, null!, PtxCache.None));
        Assert.Throws<ArgumentNullException>("cache", () => New(device, Memory, ptx, new(), null!));
        Assert.Throws<ArgumentOutOfRangeException>("LearningRate", () => New(device, Memory, ptx, new() { LearningRate = -1 }, PtxCache.None));
        Assert.Throws<ArgumentException>("InitialLaw", () => New(device, Memory, ptx, new() { InitialLaw = [1] }, PtxCache.None));
        Assert.Throws<ArgumentException>("SkipNonFinite", () => New(device, Memory, ptx, new() { Timing = LawTiming.Delayed }, PtxCache.None));
        Assert.Throws<ArgumentOutOfRangeException>("lengths", () => New(device, Memory, ptx, new(), PtxCache.None, -1));
        Assert.Throws<ArgumentOutOfRangeException>("lengths", () => New(device, Memory, ptx, new(), PtxCache.None, 1, 1L << 40));
        Assert.Contains("pseudo-inverse", Assert.Throws<NotSupportedException>(() => New(device, Memory, ptx, new() { Relaxation = Relaxation.PseudoInverse }, PtxCache.None)).Message);
        // No spec has as many units.
        var large = new LinearMemory(SquareMatrix.FromRowMajor(17, [.. Enumerable.Range(0, 17 * 17).Select(i => i % 18 == 0 ? i / 400.0 : 0)]), [.. Enumerable.Repeat(1.0, 17)]);
        Assert.Contains("17", Assert.Throws<NotSupportedException>(() => New(device, large, StepModule.Of(large), new(), PtxCache.None)).Message);
        Assert.Empty(driver.TakeLog());
    }

    [SkippableFact]
    public void Kernels_of_another_optimizer_are_refused()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        driver.TakeLog();
        Assert.Contains("another memory or format", Refused(StepModule.Of(LinearMemory.Parse("M(0.8) ⊕ M(0)"))));
        Assert.Contains("another memory or format", Refused(StepModule.Of(Memory, MemoryFormat.BFloat16)));
        Assert.Contains("another version", Refused([.. "// rllc kernels 0 Float32\n"u8]));
        Assert.Contains("not the PTX of an optimizer", Refused(Ptx.Kernel("Project")));
        Assert.Contains("not the PTX of an optimizer", Refused([]));
        Assert.Empty(driver.TakeLog());

        string Refused(byte[] ptx) => Assert.Throws<ArgumentException>("ptx", () => New(device, Memory, ptx, new(), PtxCache.None)).Message;
    }

    [SkippableFact]
    public void Kernels_that_are_incomplete_are_refused_and_unloaded()
    {
        foreach (var missing in StepPtx.Entries)
        {
            using var driver = new FakeDriver();
            using var device = new CudaDevice(0);
            var ptx = StepModule.With(StepPtx.Entries.Where(entry => entry != missing), Memory);
            var thrown = Assert.Throws<CudaException>(() => New(device, Memory, ptx, new(), PtxCache.None));
            Assert.StartsWith($"Finding '{missing}' in the optimizer's kernels failed with CUDA_ERROR_NOT_FOUND", thrown.Message);
            Assert.Equal("context 1", driver.Live);
        }
    }

    [SkippableFact]
    public void Rates_that_have_no_meaning_are_refused_and_not_taken()
    {
        using var driver = new FakeDriver();
        using var model = new Model(Spec, new(), 10);
        var optimizer = model.Optimizer;
        foreach (var value in new[] { -1, double.NaN, double.PositiveInfinity })
        {
            Assert.Throws<ArgumentOutOfRangeException>("LearningRate", () => optimizer.LearningRate = value);
            Assert.Throws<ArgumentOutOfRangeException>("LawLearningRate", () => optimizer.LawLearningRate = value);
            Assert.Throws<ArgumentOutOfRangeException>("LossScale", () => optimizer.LossScale = value);
        }
        Assert.Throws<ArgumentOutOfRangeException>("LossScale", () => optimizer.LossScale = 0);
        model.Step();
        driver.TakeLog();
        model.Step();
        Assert.Empty(driver.TakeUploads());
        Assert.Equal((0.03, 0.003, 1), (optimizer.LearningRate, optimizer.LawLearningRate, optimizer.LossScale));
    }

    [SkippableFact]
    public void Units_and_tensors_that_do_not_exist_are_refused()
    {
        using var driver = new FakeDriver();
        using var model = new Model(Spec, new(), 10, 20);
        var optimizer = model.Optimizer;
        driver.TakeLog();
        foreach (var unit in new[] { -1, 2 })
        {
            Assert.Contains($"The memory has the units 0 to 1, not {unit}.", Assert.Throws<ArgumentOutOfRangeException>("unit", () => optimizer.Unit(unit, 0)).Message);
            Assert.Throws<ArgumentOutOfRangeException>("unit", () => optimizer.CopyUnit(unit, new float[30], Model.Stream));
            Assert.Throws<ArgumentOutOfRangeException>("unit", () => optimizer.CopyUnit(unit, 0, new float[10], Model.Stream));
            Assert.Throws<ArgumentOutOfRangeException>("tensor", () => optimizer.Unit(0, unit));
            Assert.Throws<ArgumentOutOfRangeException>("tensor", () => optimizer.CopyUnit(0, unit, new float[10], Model.Stream));
        }
        Assert.Contains("has 30 parameters, the span 29 elements", Assert.Throws<ArgumentException>("destination", () => optimizer.CopyUnit(0, new float[29], Model.Stream)).Message);
        Assert.Contains("Tensor 1 has 20 parameters, the span 10 elements", Assert.Throws<ArgumentException>("destination", () => optimizer.CopyUnit(0, 1, new float[10], Model.Stream)).Message);
        Assert.Empty(driver.TakeLog());
    }

    [SkippableFact]
    public unsafe void Use_while_it_is_in_use_is_refused()
    {
        using var driver = new FakeDriver();
        using var model = new Model(Spec, new(), 10);
        var optimizer = model.Optimizer;
        var thrown = new List<Exception?>();
        driver.OnLaunch((_, _) =>
        {
            // The driver comes to the launches while the optimizer's owner waits for the law.
            thrown.Add(Record.Exception(() => optimizer.Step(model.Tensors, Model.Stream)));
            thrown.Add(Record.Exception(() => optimizer.ReadLaw(Model.Stream)));
            thrown.Add(Record.Exception(() => optimizer.Unit(0, 0)));
            thrown.Add(Record.Exception(optimizer.Dispose));
        });
        model.Step();
        optimizer.ReadLaw(Model.Stream);
        Assert.Equal(3 * 4, thrown.Count);
        Assert.All(thrown, e => Assert.Equal("The optimizer is in use by another thread.", Assert.IsType<InvalidOperationException>(e).Message));
        model.Step();
    }

    private static void New(CudaDevice device, LinearMemory memory, byte[] ptx, OptimizerOptions options, PtxCache cache, params long[] lengths) =>
        new CudaOptimizer(device, memory, ptx, lengths, options, cache).Dispose();
}
