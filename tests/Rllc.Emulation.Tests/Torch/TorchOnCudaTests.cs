using TorchSharp;

namespace Rllc.Emulation.Tests.Torch;

/// <summary>
/// TorchSharp's parameters, stepped by the PTX that a GPU's driver would be given, come to the numbers of the CPU's kernels. Tensors
/// are in the CPU's memory, which the emulated device takes for its own.
/// </summary>
public sealed class TorchOnCudaTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rllc-torch-cuda");

    private string File => Path.Combine(_folder.FullName, "run");

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableTheory]
    [InlineData(LawTiming.Exact, LawScope.Global, MemoryFormat.Float32)]
    [InlineData(LawTiming.Delayed, LawScope.Global, MemoryFormat.Float32)]
    [InlineData(LawTiming.Exact, LawScope.ParameterGroup, MemoryFormat.Float32)]
    [InlineData(LawTiming.Exact, LawScope.Parameter, MemoryFormat.Float32)]
    [InlineData(LawTiming.Exact, LawScope.Global, MemoryFormat.BFloat16)]
    public void Steps_come_to_what_the_CPU_comes_to(LawTiming timing, LawScope scope, MemoryFormat format)
    {
        using var twins = new TorchTwins(Options() with
        {
            Timing = timing, SkipNonFinite = timing == LawTiming.Exact, LawScope = scope, MemoryFormat = format,
        });
        for (var step = 0; step < 4; step++)
        {
            foreach (var optimizer in new TorchOptimizer[] { twins.OnCpu, twins.OnCuda })
                optimizer.ParamGroups.First().LearningRate = 0.05 / (step + 1);
            twins.Step();
            AssertAgree(twins, format == MemoryFormat.Float32 ? 1e-5 : 1e-3);
        }
        Assert.NotEqual(1, twins.OnCuda.Law.M_0_9);
        Assert.Equal(4, twins.OnCuda.StepCount);
    }

    [SkippableFact]
    public void A_parameter_without_a_gradient_stays_what_it_is()
    {
        using var twins = new TorchTwins(Options());
        twins.Step();
        twins.Step(missing: 0);
        AssertAgree(twins, 1e-5);
        twins.CudaParameters[2].requires_grad = false;
        var before = twins.CudaParameters[2].data<float>().ToArray();
        twins.Step(missing: 2);
        Assert.Equal(before, twins.CudaParameters[2].data<float>().ToArray());
        AssertAgree(twins, 1e-5);
    }

    [SkippableFact]
    public void What_the_last_step_did_is_reported()
    {
        using var twins = new TorchTwins(Options() with { MaxGradientNorm = 0.1 });
        Assert.True(twins.OnCuda.LastStep.Applied);
        Assert.Equal((0, 1), (twins.OnCuda.LastStep.GradientNorm, twins.OnCuda.LastStep.ClipFactor));
        twins.Step();
        Assert.Equal(twins.OnCpu.LastStep.GradientNorm, twins.OnCuda.LastStep.GradientNorm, 1e-6);
        Assert.Equal(twins.OnCpu.LastStep.ClipFactor, twins.OnCuda.LastStep.ClipFactor, 1e-6);
        Assert.InRange(twins.OnCuda.LastStep.ClipFactor, 0.01, 0.9);
        var before = twins.Parameters.OnCuda;
        twins.Step(poison: float.NaN);
        Assert.False(twins.OnCuda.LastStep.Applied);
        Assert.Equal(before, twins.Parameters.OnCuda);
        Assert.Equal(1, twins.OnCuda.StepCount);
    }

    [SkippableFact]
    public void A_scaler_finds_out_that_a_step_was_skipped()
    {
        using var twins = new TorchTwins(Options());
        var scaler = new GradScaler();
        var before = scaler.get_scale();
        twins.SetGradients();
        Assert.True(scaler.step(twins.OnCuda));
        scaler.update();
        twins.SetGradients(poison: float.PositiveInfinity);
        Assert.False(scaler.step(twins.OnCuda));
        scaler.update();
        Assert.Equal(before / 2, scaler.get_scale());
        twins.Device.Synchronize();
    }

    [SkippableFact]
    public void A_step_neither_waits_nor_copies_nor_allocates_managed_memory()
    {
        using var twins = new TorchTwins(Options());
        for (var i = 0; i < 3; i++)
            twins.Step();
        twins.SetGradients();
        // The first one has new addresses to upload, and the runtime what it remembers of a first call without.
        twins.OnCuda.step();
        twins.OnCuda.step();
        twins.Device.TakeCalls();
        var before = GC.GetAllocatedBytesForCurrentThread();
        twins.OnCuda.step();
        twins.OnCuda.step();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(Enumerable.Repeat("cuLaunchKernel", 6), twins.Device.TakeCalls().Where(call => !call.StartsWith("cuCtx", StringComparison.Ordinal)));
        twins.Device.Synchronize();
    }

    [SkippableFact]
    public void An_added_group_begins_with_an_empty_memory_and_leaves_the_others_theirs()
    {
        using var twins = new TorchTwins(Options());
        twins.Step();
        twins.Step();
        var law = twins.OnCuda.LawCoefficients().ToArray();
        twins.AddGroup(5, 3);
        Assert.Equal(law, twins.OnCuda.LawCoefficients().ToArray());
        Assert.Equal(2, twins.OnCuda.StepCount);
        twins.Step();
        twins.Step();
        AssertAgree(twins, 1e-5);
    }

    [SkippableTheory]
    [InlineData(LawScope.Global, MemoryFormat.Float32)]
    [InlineData(LawScope.Parameter, MemoryFormat.BFloat16Stochastic)]
    public void A_state_goes_on_with_the_same_bits_on_the_device_and_is_the_same_on_the_CPU(LawScope scope, MemoryFormat format)
    {
        var options = Options() with { LawScope = scope, MemoryFormat = format };
        using var twins = new TorchTwins(options);
        twins.Step();
        twins.Step();
        twins.OnCuda.save_state_dict(File);

        twins.OnCpu.load_state_dict(twins.OnCuda.state_dict());
        Assert.Equal(twins.OnCuda.LawCoefficients().ToArray(), twins.OnCpu.LawCoefficients().ToArray());
        Assert.Equal(twins.OnCuda.Gram().ToRowMajor(), twins.OnCpu.Gram().ToRowMajor());
        Assert.Equal(Units(twins.OnCuda), Units(twins.OnCpu));

        using var resumed = twins.NewOnCuda(options with { LearningRate = 7 });
        resumed.load_state_dict(File);
        Assert.Equal(2, resumed.StepCount);
        Assert.Equal(Units(twins.OnCuda), Units(resumed));
        Assert.Equal(0.05, resumed.ParamGroups.First().LearningRate);
        var before = twins.CudaParameters.Select(parameter => parameter.detach().clone()).ToArray();
        twins.Step();
        var expected = twins.Parameters.OnCuda;
        using (torch.no_grad())
            for (var i = 0; i < before.Length; i++)
                twins.CudaParameters[i].copy_(before[i]);
        resumed.step();
        twins.Device.Synchronize();
        Assert.Equal(expected, twins.Parameters.OnCuda);
        Assert.Equal(Units(twins.OnCuda), Units(resumed));
    }

    [SkippableFact]
    public void A_checkpoint_is_the_same_file_from_the_device_and_from_the_CPU()
    {
        using var twins = new TorchTwins(Options());
        twins.Step();
        twins.Step();
        twins.OnCuda.save_checkpoint(File, with_parameters: true);
        var (parameters, units) = (twins.Parameters.OnCuda, Units(twins.OnCuda));

        twins.OnCpu.load_checkpoint(File, with_parameters: true);
        Assert.Equal(parameters, twins.Parameters.OnCpu);
        Assert.Equal(units, Units(twins.OnCpu));
        twins.OnCpu.save_checkpoint(File + ".cpu", with_parameters: true);
        Assert.Equal(System.IO.File.ReadAllBytes(File), System.IO.File.ReadAllBytes(File + ".cpu"));

        twins.Step();
        twins.Step();
        twins.OnCuda.load_checkpoint(File + ".cpu", with_parameters: true);
        Assert.Equal(parameters, twins.Parameters.OnCuda);
        Assert.Equal(units, Units(twins.OnCuda));
        Assert.Equal(2, twins.OnCuda.StepCount);
    }

    [SkippableFact]
    public void A_checkpoint_that_does_not_fit_changes_nothing()
    {
        using var twins = new TorchTwins(Options());
        twins.Step();
        twins.OnCuda.save_checkpoint(File);
        twins.Step();
        var (law, units) = (twins.OnCuda.LawCoefficients().ToArray(), Units(twins.OnCuda));
        var bytes = System.IO.File.ReadAllBytes(File);
        bytes[^5] ^= 4;
        System.IO.File.WriteAllBytes(File, bytes);
        Assert.Throws<InvalidDataException>(() => twins.OnCuda.load_checkpoint(File));
        Assert.Equal(2, twins.OnCuda.StepCount);
        Assert.Equal(law, twins.OnCuda.LawCoefficients().ToArray());
        Assert.Equal(units, Units(twins.OnCuda));
    }

    [SkippableFact]
    public void Disposing_frees_all_of_the_device()
    {
        using var twins = new TorchTwins(Options() with { LawScope = LawScope.Parameter });
        twins.Step();
        Assert.Contains("memory", twins.Device.Live, StringComparison.Ordinal);
        twins.OnCuda.Dispose();
        twins.Device.Device.Dispose();
        Assert.Equal("", twins.Device.Live);
        Assert.Throws<ObjectDisposedException>(() => twins.OnCuda.step());
    }

    [SkippableFact]
    public void A_relaxation_that_a_device_does_not_know_is_refused()
    {
        using var twins = new TorchTwins(Options());
        var live = twins.Device.Live;
        var fault = Assert.Throws<NotSupportedException>(() => twins.NewOnCuda(Options() with { Relaxation = Relaxation.PseudoInverse }));
        Assert.Equal(live, twins.Device.Live);
        Assert.Contains("pseudo-inverse", fault.Message, StringComparison.OrdinalIgnoreCase);
    }

    // ε so large that rounding of c is not magnified into the law.
    private static TorchOptimizerOptions Options() => new() { LearningRate = 0.05, LawLearningRate = 0.02, Epsilon = 0.1, WeightDecay = 0.1 };

    private static float[][] Units(TorchOptimizer optimizer) =>
        [.. from unit in Enumerable.Range(0, 3) from position in Enumerable.Range(0, 4) select optimizer.CopyUnit(unit, position)];

    private static void AssertAgree(TorchTwins twins, double tolerance)
    {
        for (var law = 0; law < twins.OnCpu.LawCount; law++)
            foreach (var (cpu, cuda) in twins.OnCpu.LawCoefficients(law).ToArray().Zip(twins.OnCuda.LawCoefficients(law).ToArray()))
                Assert.Equal(cpu, cuda, tolerance);
        var parameters = twins.Parameters;
        for (var i = 0; i < parameters.OnCpu.Length; i++)
            Assert.Equal(parameters.OnCpu[i], parameters.OnCuda[i], tolerance);
    }
}
