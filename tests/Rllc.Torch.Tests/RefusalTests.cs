using Rllc.Torch.Tests.Harness;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using PlainGroup = TorchSharp.Modules.ParamGroup;

namespace Rllc.Torch.Tests;

/// <summary>What does not fit is refused with its reason, before anything is written.</summary>
public sealed class RefusalTests : TorchTests
{
    private static Parameter Vector(int length = 3) => new(ones(length));

    [SkippableFact]
    public void A_group_without_parameters() => Refuses<ArgumentException>("There are no parameters to optimize in the group.");

    [SkippableFact]
    public void No_groups_at_all() => Assert.Equal(
        "There are no parameters to optimize.", Assert.Throws<ArgumentException>(() => new MomentumMix(Array.Empty<PlainGroup>())).Message);

    [SkippableFact]
    public void A_rate_that_was_set_to_null()
    {
        var group = new TorchOptimizer.ParamGroup([Vector()]);
        using var optimizer = new MomentumMix([group]);
        group.Options.WeightDecay = null;

        RefusesStep(optimizer, "WeightDecay of group 0 has been set to null.");
    }

    [SkippableFact]
    public void A_null_parameter() => Refuses<ArgumentException>("Parameter 1 is null.", Vector(), null!);

    [SkippableFact]
    public void A_disposed_parameter()
    {
        var parameter = Vector();
        parameter.Dispose();
        Refuses<ArgumentException>("Parameter 0 is disposed, or was replaced by module.to(…): ask the module for its parameters after moving it.", parameter);
    }

    [SkippableFact]
    public void Parameters_in_other_than_float32() => Refuses<ArgumentException>(
        "Parameter 0 holds BFloat16 numbers: set MasterWeights, which keeps a float32 copy to be stepped, or keep the parameters in float32 and compute in less under autocast.",
        new Parameter(ones(3, bfloat16)));

    [SkippableFact]
    public void A_parameter_that_is_not_contiguous() => Refuses<ArgumentException>(
        "Parameter 0 does not have its elements one after the other: make it of tensor.contiguous().", new Parameter(ones(3, 2).t()));

    [SkippableFact]
    public void The_same_parameter_twice()
    {
        var parameter = Vector();
        Refuses<ArgumentException>("Parameter 0 and Parameter 1 are the same: it would be moved twice in a step.", parameter, parameter);
    }

    [SkippableFact]
    public void The_same_name_twice() => Assert.Equal(
        "Two parameters have the name 'w': states could not be told apart.",
        Assert.Throws<ArgumentException>(() => new MomentumMix([("w", Vector()), ("w", Vector())])).Message);

    [SkippableFact]
    public void Parameters_on_another_device() => Refuses<NotSupportedException>(
        "Parameter 0 is on meta: only parameters on the CPU and on CUDA devices are supported.", new Parameter(zeros(3, device: META)));

    [SkippableFact]
    public void Parameters_on_several_devices() => Refuses<ArgumentException>(
        "Parameter 0 is on cpu, Parameter 1 on meta: an optimizer has all parameters on one device.", Vector(), new Parameter(zeros(3, device: META)));

    [SkippableFact]
    public void Options_of_another_kind_of_optimizer()
    {
        var group = new SGD.ParamGroup([Vector()]);
        Assert.Equal(
            "Options of type TorchSharp.Modules.SGD+Options are those of another kind of optimizer: make the group a TorchTensorOptimizer.ParamGroup.",
            Assert.Throws<ArgumentException>(() => new MomentumMix([group])).Message);
    }

    [SkippableFact]
    public void A_group_without_a_list_of_parameters() => Assert.Equal(
        "The group has no list of parameters.", Assert.Throws<ArgumentException>(() => new MomentumMix([new PlainGroup()])).Message);

    [SkippableTheory]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    public void A_rate_out_of_range(double rate) => Assert.StartsWith(
        "LearningRate must be finite and at least 0",
        Assert.Throws<ArgumentOutOfRangeException>(() => new MomentumMix([new TorchOptimizer.ParamGroup([Vector()], learningRate: rate)])).Message,
        StringComparison.Ordinal);

    [SkippableFact]
    public void An_option_out_of_range() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MomentumMix([Vector()], new() { Epsilon = 0 }));

    [SkippableFact]
    public void An_unnamed_law_scope() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MomentumMix([Vector()], new() { LawScope = (LawScope)7 }));

    [SkippableFact]
    public void A_rate_that_a_scheduler_makes_negative_changes_nothing()
    {
        var parameter = Vector();
        using var optimizer = new MomentumMix([parameter]);
        parameter.grad = ones(3);
        optimizer.ParamGroups.Single().LearningRate = -1;

        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.step());
        Assert.Equal([1, 1, 1], parameter.data<float>().ToArray());
    }

    [SkippableFact]
    public void A_module_that_was_moved()
    {
        var network = new Mlp();
        using var optimizer = new MomentumMix(network.Module.named_parameters());
        network.Train(optimizer, 1);
        network.Module.to(float64);

        RefusesStep(optimizer, "Parameter 'one.weight' has been disposed or replaced (module.to(…) replaces parameters): make the optimizer after moving the module.");
        Assert.Throws<InvalidOperationException>(optimizer.state_dict);
    }

    [SkippableFact]
    public void A_parameter_that_now_has_another_size()
    {
        var parameter = Vector();
        using var optimizer = new MomentumMix([parameter]);
        using (no_grad())
            parameter.set_(ones(7));

        RefusesStep(optimizer, "Parameter 0 now has 7 elements, not 3.");
    }

    [SkippableFact]
    public void A_parameter_that_is_no_longer_contiguous()
    {
        var parameter = new Parameter(ones(3, 2));
        using var optimizer = new MomentumMix([parameter]);
        using (no_grad())
            parameter.set_(ones(2, 3).t());

        RefusesStep(optimizer, "Parameter 0 no longer has its elements one after the other.");
    }

    [SkippableFact]
    public void A_gradient_of_another_type()
    {
        var parameter = Vector();
        using var optimizer = new MomentumMix([parameter]);
        parameter.grad = ones(3, float64);

        RefusesStep(optimizer, "Parameter 0 has a gradient of Float64 numbers, not of Float32.");
    }

    [SkippableTheory]
    [InlineData(2L)]
    [InlineData(3L, 1L)]
    [InlineData]
    public void A_gradient_of_another_shape(params long[] shape)
    {
        var (first, second) = (Vector(), Vector());
        using var optimizer = new MomentumMix([first, second]);
        first.grad = ones(3);
        second.grad = ones(shape);

        RefusesStep(optimizer, "Parameter 1 has a gradient of another shape.");
        Assert.Equal([1, 1, 1], first.data<float>().ToArray());
    }

    [SkippableFact]
    public void A_sparse_gradient()
    {
        using var embedding = nn.Embedding(5, 2, sparse: true);
        using var optimizer = new MomentumMix(embedding.named_parameters());
        embedding.forward(tensor([1L, 2L])).sum().backward();

        RefusesStep(optimizer, "Parameter 'weight' has a sparse gradient, the memory is dense: make the embedding with sparse: false.");
    }

    [SkippableTheory]
    [InlineData(LawScope.Global)]
    [InlineData(LawScope.Parameter)]
    public void Parameters_that_overlap(LawScope scope)
    {
        var flat = zeros(6);
        var (first, second) = (new Parameter(flat.narrow(0, 0, 4)), new Parameter(flat.narrow(0, 3, 3)));
        using var optimizer = new MomentumMix([first, second], new() { LawScope = scope });
        (first.grad, second.grad) = (ones(4), ones(3));

        Assert.Equal("parameters[1] must not overlap parameters[0].", Assert.Throws<ArgumentException>(() => optimizer.step()).Message);
        Assert.Equal([0, 0, 0, 0, 0, 0], flat.data<float>().ToArray());
    }

    [SkippableFact]
    public void A_memory_cannot_be_moved_off_the_cpu()
    {
        using var optimizer = new MomentumMix([Vector()]);
        optimizer.to(CPU);

        Assert.Equal("The memory cannot be moved to meta, it is with the parameters on cpu: make an optimizer of the moved parameters, and load this one's state.",
            Assert.Throws<NotSupportedException>(() => optimizer.to(META)).Message);
    }

    private static void Refuses<T>(string message, params Parameter[] parameters) where T : Exception =>
        Assert.Equal(message, Assert.Throws<T>(() => new MomentumMix(parameters)).Message);

    private static void RefusesStep(TorchOptimizer optimizer, string message)
    {
        var steps = optimizer.StepCount;
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => optimizer.step()).Message);
        Assert.Equal(steps, optimizer.StepCount);
    }
}
