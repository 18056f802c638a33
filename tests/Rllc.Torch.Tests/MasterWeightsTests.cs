using Rllc.Torch.Tests.Harness;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rllc.Torch.Tests;

public sealed class MasterWeightsTests : TorchFileTests
{
    [SkippableTheory]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    public void The_copies_are_stepped_as_float32_parameters_are_and_rounded(ScalarType type)
    {
        var parameters = NewParameters(type);
        var copies = Array.ConvertAll(parameters, parameter => new Parameter(parameter.detach().to(float32)));
        using var optimizer = NewOptimizer(parameters);
        using var expected = new MomentumMix(copies, Options(masterWeights: false));
        for (var step = 0; step < 20; step++)
        {
            SetGradients(parameters, step);
            foreach (var (copy, parameter) in copies.Zip(parameters))
                copy.grad = parameter.grad!.to(float32);
            optimizer.step();
            expected.step();
            foreach (var (copy, parameter) in copies.Zip(parameters))
                Assert.Equal(copy.detach().to(parameter.dtype).to(float32).data<float>().ToArray(), parameter.detach().to(float32).data<float>().ToArray());
        }
        Assert.Equal(expected.LawCoefficients().ToArray(), optimizer.LawCoefficients().ToArray());
        Assert.Equal([type, ScalarType.Float32], parameters.Select(parameter => parameter.dtype));
    }

    [SkippableFact]
    public void Changes_too_small_for_the_parameter_add_up()
    {
        using var parameter = new Parameter(ones(1, bfloat16));
        using var optimizer = new Plain([parameter], new() { LearningRate = 1e-3, LawLearningRate = 0, MasterWeights = true });
        parameter.grad = ones(1, bfloat16);
        optimizer.step();
        Assert.Equal(1, parameter.to(float32).item<float>());
        for (var i = 0; i < 9; i++)
            optimizer.step();
        Assert.Equal(0.99f, parameter.to(float32).item<float>(), 0.002f);
        Assert.NotEqual(1, parameter.to(float32).item<float>());
    }

    [SkippableFact]
    public void A_parameter_without_a_gradient_and_one_of_a_skipped_step_stay_what_they_are()
    {
        var parameters = NewParameters(ScalarType.BFloat16);
        using var optimizer = NewOptimizer(parameters);
        SetGradients(parameters, 0);
        optimizer.step();
        var before = Values(parameters);
        SetGradients(parameters, 1);
        parameters[0].grad = null;
        optimizer.step();
        Assert.Equal(before[0], Values(parameters)[0]);
        Assert.NotEqual(before[1], Values(parameters)[1]);
        before = Values(parameters);
        parameters[0].grad = full_like(parameters[0], float.NaN).detach();
        optimizer.step();
        Assert.False(optimizer.LastStep.Applied);
        Assert.Equal(before, Values(parameters));
    }

    [SkippableFact]
    public void A_state_goes_on_with_the_same_bits()
    {
        var (interrupted, resumed) = (NewParameters(ScalarType.BFloat16), NewParameters(ScalarType.BFloat16));
        using var optimizer = NewOptimizer(interrupted);
        using var fromFile = NewOptimizer(resumed);
        Train(optimizer, interrupted, 0, 5);
        optimizer.save_state_dict(File);
        SetGradients(resumed, 77);
        fromFile.step();
        fromFile.load_state_dict(File);
        Assert.Equal(Values(interrupted)[0], Values(resumed)[0]);
        // What is float32 itself is the module's to restore.
        using (no_grad())
            resumed[1].copy_(interrupted[1]);
        var copied = NewParameters(ScalarType.BFloat16);
        using var fromOther = NewOptimizer(copied);
        fromOther.load_state_dict(optimizer.state_dict());
        using (no_grad())
            copied[1].copy_(interrupted[1]);

        Train(optimizer, interrupted, 5, 10);
        Train(fromFile, resumed, 5, 10);
        Train(fromOther, copied, 5, 10);
        Assert.Equal(Values(interrupted), Values(resumed));
        Assert.Equal(Values(interrupted), Values(copied));
    }

    [SkippableFact]
    public void A_checkpoint_holds_the_copies_and_goes_on_with_the_same_bits()
    {
        var (interrupted, resumed) = (NewParameters(ScalarType.Float16), NewParameters(ScalarType.Float16));
        using var optimizer = NewOptimizer(interrupted);
        using var loaded = NewOptimizer(resumed);
        Train(optimizer, interrupted, 0, 5);
        optimizer.save_checkpoint(File);
        Train(loaded, resumed, 50, 52);
        loaded.load_checkpoint(File);
        Assert.Equal(Values(interrupted), Values(resumed));
        Train(optimizer, interrupted, 5, 10);
        Train(loaded, resumed, 5, 10);
        Assert.Equal(Values(interrupted), Values(resumed));

        // The file is that of float32 parameters.
        var wide = NewParameters(ScalarType.Float32);
        using var ofWide = new MomentumMix(wide, Options(masterWeights: false));
        ofWide.load_checkpoint(File, with_parameters: true);
        ofWide.save_checkpoint(File + ".wide", with_parameters: true);
        Assert.Equal(System.IO.File.ReadAllBytes(File), System.IO.File.ReadAllBytes(File + ".wide"));
    }

    [SkippableFact]
    public void A_state_without_the_copies_is_refused_and_one_with_them_where_there_are_none()
    {
        var (narrow, wide) = (NewParameters(ScalarType.BFloat16), NewParameters(ScalarType.Float32));
        using var ofNarrow = NewOptimizer(narrow);
        using var ofWide = NewOptimizer(wide);
        Train(ofNarrow, narrow, 0, 3);
        var before = Values(narrow);
        ofWide.save_state_dict(File);
        Assert.Equal(
            "Parameter 0 has a float32 copy (MasterWeights), in the state it has none.",
            Assert.Throws<ArgumentException>(() => ofNarrow.load_state_dict(ofWide.state_dict())).Message);
        Assert.Throws<InvalidDataException>(() => ofNarrow.load_state_dict(File));
        ofNarrow.save_state_dict(File);
        Assert.Equal(
            "Parameter 0 has a float32 copy (MasterWeights) in the state, the optimizer has none.",
            Assert.Throws<ArgumentException>(() => ofWide.load_state_dict(ofNarrow.state_dict())).Message);
        Assert.Throws<InvalidDataException>(() => ofWide.load_state_dict(File));
        Assert.Equal((3, 0), (ofNarrow.StepCount, ofWide.StepCount));
        Assert.Equal(before, Values(narrow));

        System.IO.File.WriteAllBytes(File, System.IO.File.ReadAllBytes(File)[..^400]);
        Assert.ThrowsAny<IOException>(() => ofNarrow.load_state_dict(File));
        Assert.Equal(before, Values(narrow));
    }

    [SkippableFact]
    public void Parameters_changed_by_others_are_taken_over_when_asked_for()
    {
        var parameters = NewParameters(ScalarType.BFloat16);
        using var optimizer = NewOptimizer(parameters);
        Train(optimizer, parameters, 0, 2);
        using (no_grad())
            parameters[0].fill_(2);
        optimizer.refresh_master_weights();
        parameters[0].grad = zeros_like(parameters[0]).detach();
        parameters[1].grad = null;
        optimizer.ParamGroups.Single().LearningRate = 0;
        optimizer.step();
        Assert.All(Values(parameters)[0], value => Assert.Equal(2, value));
        optimizer.Dispose();
        Assert.Throws<ObjectDisposedException>(optimizer.refresh_master_weights);
    }

    [SkippableFact]
    public void Other_formats_are_refused_and_so_is_a_parameter_given_twice()
    {
        Assert.Equal(
            "Parameter 0 holds Float64 numbers: only float32 is supported, and with MasterWeights bfloat16 and float16.",
            Assert.Throws<ArgumentException>(() => NewOptimizer([new Parameter(ones(2, float64))])).Message);
        var parameter = new Parameter(ones(2, bfloat16));
        Assert.Contains("are the same", Assert.Throws<ArgumentException>(() => NewOptimizer([parameter, parameter])).Message, StringComparison.Ordinal);
        using var optimizer = NewOptimizer([parameter]);
        parameter.grad = ones(2, bfloat16).to_sparse();
        Assert.Contains("sparse", Assert.Throws<InvalidOperationException>(() => optimizer.step()).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Nothing_is_left_after_many_steps_and_little_is_allocated()
    {
        var parameters = NewParameters(ScalarType.BFloat16);
        SetGradients(parameters, 0);
        var live = Tensor.TotalCount;
        using (var optimizer = NewOptimizer(parameters))
        {
            for (var i = 0; i < 300; i++)
                optimizer.step();
            var (tensors, bytes) = (Tensor.TotalCount, GC.GetAllocatedBytesForCurrentThread());
            for (var i = 0; i < 1000; i++)
                optimizer.step();
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - bytes, 0, 1000 * 200);
            // The garbage collector may have taken tensors of earlier tests meanwhile.
            Assert.True(Tensor.TotalCount <= tensors);
        }
        Assert.True(Tensor.TotalCount <= live);
    }

    private static MomentumMix NewOptimizer(Parameter[] parameters) => new(parameters, Options(masterWeights: true));

    private static MomentumMix.Options Options(bool masterWeights) =>
        new() { LearningRate = 0.01, LawLearningRate = 0.01, WeightDecay = 0.1, MaxGradientNorm = 5, MasterWeights = masterWeights };

    // The first in the given format, the second in float32.
    private static Parameter[] NewParameters(ScalarType type)
    {
        manual_seed(5);
        return [new Parameter(randn(30, 20).to(type)), new Parameter(randn(17))];
    }

    private static void SetGradients(Parameter[] parameters, int step)
    {
        manual_seed(step);
        foreach (var parameter in parameters)
            parameter.grad = randn(parameter.shape).to(parameter.dtype);
    }

    private static void Train(MomentumMix optimizer, Parameter[] parameters, int from, int to)
    {
        for (var step = from; step < to; step++)
        {
            SetGradients(parameters, step);
            optimizer.step();
        }
    }

    private static float[][] Values(Parameter[] parameters) =>
        Array.ConvertAll(parameters, parameter => parameter.detach().to(float32).data<float>().ToArray());
}
