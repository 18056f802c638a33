using TorchSharp;

namespace Rllc.Emulation.Tests.Torch;

/// <summary>
/// TorchSharp's parameters, stepped by moments in the PTX that a GPU's driver would be given, come to the numbers of the CPU's kernels. Tensors
/// are in the CPU's memory, which the emulated device takes for its own.
/// </summary>
public sealed class TorchAdamOnCudaTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rllc-torch-cuda");

    private string File => Path.Combine(_folder.FullName, "run");

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Steps_of_groups_under_a_scheduler_come_to_what_the_CPU_comes_to(bool hasBuffer)
    {
        using var twins = new TorchAdamTwins(hasBuffer, Options());
        var schedulers = new[] { twins.OnCpu, twins.OnCuda }.Select(optimizer => torch.optim.lr_scheduler.StepLR(optimizer, 2, 0.5)).ToArray();
        for (var step = 0; step < 6; step++)
        {
            twins.Step(missing: step == 3 ? 1 : -1);
            AssertAgree(twins);
            foreach (var scheduler in schedulers)
                scheduler.step();
        }

        Assert.Equal(6, twins.OnCuda.StepCount);
        Assert.True(twins.OnCuda.LastStep.Applied);
        Assert.True(twins.OnCuda.LastStep.Law.IsEmpty);
    }

    [SkippableFact]
    public void What_the_last_step_did_is_reported_and_a_scaler_learns_of_it()
    {
        using var twins = new TorchAdamTwins(hasBuffer: false, Options() with { MaxGradientNorm = 0.1, SkipNonFinite = true });
        Assert.Equal((true, 1), (twins.OnCuda.LastStep.Applied, twins.OnCuda.LastStep.ClipFactor));
        twins.Step();
        Assert.Equal(twins.OnCpu.LastStep.GradientNorm, twins.OnCuda.LastStep.GradientNorm, 1e-6);
        Assert.InRange(twins.OnCuda.LastStep.ClipFactor, 0.01, 0.9);
        var before = twins.Parameters.OnCuda;
        var scaler = new GradScaler();
        twins.SetGradients(poison: float.NaN);
        Assert.False(scaler.step(twins.OnCuda));
        Assert.Equal(before, twins.Parameters.OnCuda);
        Assert.Equal(1, twins.OnCuda.StepCount);
    }

    [SkippableTheory]
    [InlineData(false, 2)]
    [InlineData(true, 3)]
    public void A_step_neither_waits_nor_copies_nor_allocates_managed_memory(bool hasBuffer, int launches)
    {
        using var twins = new TorchAdamTwins(hasBuffer, Options());
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
        Assert.Equal(
            Enumerable.Repeat("cuLaunchKernel", 2 * launches),
            twins.Device.TakeCalls().Where(call => !call.StartsWith("cuCtx", StringComparison.Ordinal)));
        twins.Device.Synchronize();
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_added_group_begins_anew_and_leaves_the_others_theirs(bool hasBuffer)
    {
        using var twins = new TorchAdamTwins(hasBuffer, Options());
        twins.Step();
        twins.Step();
        twins.AddGroup(5, 3);
        Assert.Equal(2, twins.OnCuda.StepCount);
        twins.Step();
        twins.Step();
        AssertAgree(twins);
    }

    [SkippableTheory]
    [InlineData(false, MemoryFormat.Float32)]
    [InlineData(true, MemoryFormat.Float32)]
    [InlineData(true, MemoryFormat.BFloat16Stochastic)]
    public void A_state_goes_on_with_the_same_bits_on_the_device_and_is_the_same_on_the_CPU(bool hasBuffer, MemoryFormat format)
    {
        var options = Options() with { MemoryFormat = format };
        using var twins = new TorchAdamTwins(hasBuffer, options);
        twins.Step();
        twins.Step(missing: 2);
        twins.OnCuda.save_state_dict(File);

        using var resumed = twins.NewOnCuda(options with { LearningRate = 7 });
        resumed.load_state_dict(File);
        Assert.Equal(2, resumed.StepCount);
        Assert.Equal(Units(twins.OnCuda), Units(resumed));
        Assert.Equal(0.01, resumed.ParamGroups.First().LearningRate);
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

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_checkpoint_is_the_same_file_from_the_device_and_from_the_CPU(bool hasBuffer)
    {
        using var twins = new TorchAdamTwins(hasBuffer, Options());
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
        AssertAgree(twins);
        twins.OnCuda.load_checkpoint(File + ".cpu", with_parameters: true);
        Assert.Equal(parameters, twins.Parameters.OnCuda);
        Assert.Equal(units, Units(twins.OnCuda));
        Assert.Equal(2, twins.OnCuda.StepCount);
    }

    [SkippableFact]
    public void Disposing_frees_all_of_the_device()
    {
        using var twins = new TorchAdamTwins(hasBuffer: true, Options());
        twins.Step();
        Assert.Contains("memory", twins.Device.Live, StringComparison.Ordinal);
        twins.OnCuda.Dispose();
        twins.Device.Device.Dispose();
        Assert.Equal("", twins.Device.Live);
        Assert.Throws<ObjectDisposedException>(() => twins.OnCuda.step());
    }

    [SkippableFact]
    public void A_format_that_moments_are_not_kept_in_is_refused_and_leaves_nothing_behind()
    {
        using var twins = new TorchAdamTwins(hasBuffer: false, Options());
        var live = twins.Device.Live;
        Assert.Throws<ArgumentOutOfRangeException>(() => twins.NewOnCuda(Options() with { MemoryFormat = MemoryFormat.BFloat16 }));
        Assert.Equal(live, twins.Device.Live);
    }

    private static TorchMomentOptions Options() => new() { LearningRate = 0.01, WeightDecay = 0.1 };

    private static float[][] Units(TorchMomentOptimizer optimizer) =>
        [.. from unit in Enumerable.Range(0, optimizer.UnitCount) from position in Enumerable.Range(0, 4) select optimizer.CopyUnit(unit, position)];

    private static void AssertAgree(TorchAdamTwins twins)
    {
        var parameters = twins.Parameters;
        Assert.All(parameters.OnCpu.Zip(parameters.OnCuda), pair => Assert.Equal(pair.First, pair.Second, 2e-6));
    }
}
