using Rllc.Torch.Tests.Harness;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rllc.Torch.Tests;

public sealed class SamTests : TorchTests
{
    private static readonly Dictionary<string, Func<Mlp, optim.Optimizer>> Optimizers = new()
    {
        ["SGD"] = network => optim.SGD(network.Parameters, 0.1, momentum: 0.9),
        ["Adam"] = network => optim.Adam(network.Parameters, 0.05),
        ["AdamW"] = network => optim.AdamW(network.Parameters, 0.05),
        ["RMSProp"] = network => optim.RMSProp(network.Parameters, 0.01),
        ["fixed law"] = network => new MomentumMix(network.Parameters, new() { LearningRate = 0.05, LawLearningRate = 0, InitialLaw = [0.9, 1] }),
        ["RLLC"] = network => new MomentumMix(network.Parameters, new() { LearningRate = 0.05, LawLearningRate = 0.02 }),
    };

    public static TheoryData<string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            foreach (var name in Optimizers.Keys)
            {
                cases.Add(name, false);
                cases.Add(name, true);
            }
            return cases;
        }
    }

    private static Func<Tensor> Closure(Mlp network, int step) => () => tensor(network.Backward(step));

    [SkippableTheory, MemberData(nameof(Cases))]
    public void Steps_are_those_of_a_loop_by_hand(string name, bool adaptive)
    {
        var (wrapped, byHand) = (new Mlp(), new Mlp());
        using var optimizer = Optimizers[name](wrapped);
        using var reference = Optimizers[name](byHand);
        using var sam = new TorchSam(optimizer, new() { Radius = 0.2, Adaptive = adaptive, AdaptiveOffset = 0.05 });
        var (first, last) = (0f, 0f);
        for (var step = 0; step < 60; step++)
        {
            using var loss = sam.step(Closure(wrapped, step));
            last = StepByHand(byHand, reference, step, 0.2, x => adaptive ? Math.Abs(x) + 0.05 : 1);
            Assert.True(sam.Ascended);
            Assert.Equal(last, loss.item<float>(), 1e-4);
            first = step == 0 ? last : first;
        }

        Assert.All(byHand.Values().Zip(wrapped.Values()), pair => Assert.Equal(pair.First, pair.Second, 2e-4));
        Assert.True(last < 0.9 * first, "The comparison says nothing where nothing is learned.");
    }

    private static float StepByHand(Mlp network, optim.Optimizer optimizer, int step, double radius, Func<double, double> scale)
    {
        var loss = network.Backward(step);
        var values = Array.ConvertAll(network.Parameters, parameter => parameter.data<float>().ToArray());
        var gradients = network.Gradients();
        double[][] directions = [.. values.Zip(gradients, (θ, g) => θ.Zip(g, (x, y) => scale(x) * y).ToArray())];
        var norm = Math.Sqrt(directions.Sum(direction => direction.Sum(x => x * x)));
        float[][] ascended = [.. values.Zip(directions, (θ, direction) => θ.Zip(direction, (x, y) => (float)(x + radius * scale(x) * y / norm)).ToArray())];
        Set(network, ascended);
        network.Backward(step);
        Set(network, values);
        optimizer.step();
        return loss;
    }

    private static void Set(Mlp network, float[][] values)
    {
        using var guard = no_grad();
        foreach (var (parameter, numbers) in network.Parameters.Zip(values))
            parameter.copy_(tensor(numbers).view(parameter.shape));
    }

    [SkippableFact]
    public void A_radius_of_zero_is_the_optimizer_alone()
    {
        var (wrapped, plain) = (new Mlp(), new Mlp());
        using var optimizer = Optimizers["RLLC"](wrapped);
        using var reference = Optimizers["RLLC"](plain);
        using var sam = new TorchSam(optimizer, new() { Radius = 0 });
        for (var step = 0; step < 20; step++)
            sam.step(Closure(wrapped, step)).Dispose();
        plain.Train(reference, 20);

        Assert.Equal(plain.Values(), wrapped.Values());
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    public void Where_a_closure_throws_nothing_has_changed(int call)
    {
        var network = new Mlp();
        using var optimizer = Optimizers["RLLC"](network);
        using var sam = new TorchSam(optimizer, new() { Radius = 3 });
        sam.step(Closure(network, 0)).Dispose();
        var before = network.Values();
        var calls = 0;
        Assert.Throws<TimeoutException>(() => sam.step(() => ++calls == call ? throw new TimeoutException() : Closure(network, 0)()));

        Assert.Equal(before, network.Values());
        Assert.Equal(1, ((MomentumMix)optimizer).StepCount);
    }

    [SkippableFact]
    public void The_closure_sees_the_ascended_point_with_gradients_enabled()
    {
        var parameter = new Parameter(tensor([2f]));
        using var optimizer = optim.SGD([parameter], 0.25);
        using var sam = new TorchSam(optimizer, new() { Radius = 0.5 });
        var seen = new List<float>();
        using var guard = no_grad();
        using var loss = sam.step(() =>
        {
            Assert.True(is_grad_enabled());
            seen.Add(parameter.item<float>());
            sam.zero_grad();
            var loss = 2 * parameter.square().sum();
            loss.backward();
            return loss;
        });

        Assert.Equal([2, 2.5f], seen);
        Assert.Equal(2 - 0.25f * 4 * 2.5f, parameter.item<float>());
        Assert.Equal((8f, 8.0), (loss.item<float>(), sam.AscentNorm));
    }

    [SkippableTheory]
    [InlineData(0f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Without_a_direction_the_plain_step_is_taken(float gradient)
    {
        var parameter = new Parameter(ones(2));
        using var optimizer = new Plain([parameter], new() { LearningRate = 0.5, LawLearningRate = 0, WeightDecay = 1 });
        using var sam = new TorchSam(optimizer);
        var calls = 0;
        sam.step(() =>
        {
            calls++;
            parameter.grad = tensor([gradient, 0]);
            return tensor(0f);
        }).Dispose();

        Assert.Equal((1, false), (calls, sam.Ascended));
        // 0 decays the parameters, what is not finite is skipped.
        Assert.Equal(gradient == 0, optimizer.LastStep.Applied);
        Assert.Equal(gradient == 0 ? 0.5f : 1, parameter[0].item<float>());
        Assert.Equal(gradient == 0, sam.AscentNorm == 0);
    }

    [SkippableFact]
    public void Frozen_parameters_and_those_without_a_gradient_do_not_ascend()
    {
        var (trained, without, frozen) = (new Parameter(ones(2)), new Parameter(ones(2)), new Parameter(ones(2), requires_grad: false));
        frozen.grad = ones(2);
        using var optimizer = new Plain([trained, without, frozen]);
        using var sam = new TorchSam(optimizer, new() { Radius = 5 });
        var seen = new List<float[]>();
        sam.step(() =>
        {
            seen.Add([trained[0].item<float>(), without[0].item<float>(), frozen[0].item<float>()]);
            trained.grad = tensor([3f, 4f]);
            return tensor(0f);
        }).Dispose();

        Assert.Equal([1f, 1, 1], seen[0]);
        Assert.Equal([4f, 1, 1], seen[1]);
        Assert.Equal(5, sam.AscentNorm);
        Assert.Equal([1f, 1, 1, 1], [.. without.data<float>().ToArray(), .. frozen.data<float>().ToArray()]);
    }

    [SkippableFact]
    public void An_optimizer_that_maximises_is_made_robust_the_other_way()
    {
        foreach (var create in (Func<Parameter, optim.Optimizer>[])
        [
            parameter => optim.SGD([parameter], 0.1, maximize: true),
            parameter => optim.Adam([parameter], 0.1, maximize: true),
            parameter => new Plain([parameter], new() { Maximize = true }),
        ])
        {
            var parameter = new Parameter(ones(1));
            using var optimizer = create(parameter);
            using var sam = new TorchSam(optimizer, new() { Radius = 0.25 });
            var seen = 0f;
            sam.step(() =>
            {
                seen = parameter.item<float>();
                parameter.grad = tensor([2f]);
                return tensor(0f);
            }).Dispose();
            Assert.Equal(0.75f, seen);
            Assert.True(parameter.item<float>() > 1);
        }
    }

    [SkippableFact]
    public void Narrow_parameters_with_master_weights_come_back_exactly()
    {
        var parameter = new Parameter(ones(3).to(bfloat16));
        using var optimizer = new Plain([parameter], new() { LearningRate = 0, MasterWeights = true });
        using var sam = new TorchSam(optimizer, new() { Radius = 0.5 });
        var seen = new List<float>();
        sam.step(() =>
        {
            seen.Add(parameter[0].to(float32).item<float>());
            parameter.grad = tensor([1f, 0, 0]).to(bfloat16);
            return tensor(0f);
        }).Dispose();

        Assert.Equal([1, 1.5f], seen);
        Assert.Equal([1f, 1, 1], parameter.to(float32).data<float>().ToArray());
    }

    [SkippableFact]
    public void A_thousand_steps_leave_no_tensor()
    {
        var network = new Mlp();
        using var optimizer = Optimizers["RLLC"](network);
        using var sam = new TorchSam(optimizer, new() { Adaptive = true });
        sam.step(Closure(network, 0)).Dispose();
        var (inScopes, all) = (DisposeScopeManager.Statistics.ThreadTotalLiveCount, Tensor.TotalCount);
        for (var step = 0; step < 1000; step++)
            sam.step(Closure(network, step)).Dispose();

        Assert.Equal(inScopes, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        // The garbage collector may have taken tensors of earlier tests meanwhile.
        Assert.True(Tensor.TotalCount <= all);
    }

    [SkippableFact]
    public void What_the_closure_makes_is_not_disposed()
    {
        var network = new Mlp();
        using var optimizer = Optimizers["SGD"](network);
        using var sam = new TorchSam(optimizer);
        var kept = new List<Tensor>();
        sam.step(() =>
        {
            kept.Add(ones(1));
            return Closure(network, 0)();
        });

        Assert.Equal(2, kept.Count);
        Assert.All(kept, tensor => Assert.False(tensor.IsInvalid));
    }

    [SkippableFact]
    public void What_cannot_work_is_refused()
    {
        var network = new Mlp();
        using var optimizer = Optimizers["SGD"](network);
        using var lbfgs = optim.LBFGS(network.Parameters);
        using var sam = new TorchSam(optimizer);
        Assert.Throws<ArgumentNullException>("closure", () => sam.step());
        Assert.Contains("LBFGS", Assert.Throws<ArgumentException>("optimizer", () => new TorchSam(lbfgs)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("optimizer", () => new TorchSam(null!));
        Assert.Throws<ArgumentOutOfRangeException>("Radius", () => new TorchSam(optimizer, new() { Radius = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>("Radius", () => sam.Radius = double.NaN);
    }

    [SkippableFact]
    public void A_sparse_gradient_is_refused_with_nothing_changed()
    {
        using var table = nn.Embedding(5, 2, sparse: true);
        using var optimizer = optim.SGD(table.parameters(), 0.1);
        using var sam = new TorchSam(optimizer);
        var before = table.weight!.data<float>().ToArray();
        Assert.Contains("sparse", Assert.Throws<InvalidOperationException>(() => sam.step(() =>
        {
            var loss = table.forward(tensor([1L, 3L])).sum();
            loss.backward();
            return loss;
        })).Message, StringComparison.Ordinal);
        Assert.Equal(before, table.weight!.data<float>().ToArray());
    }
}
