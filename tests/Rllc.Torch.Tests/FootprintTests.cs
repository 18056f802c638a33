using Rllc.Torch.Tests.Harness;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rllc.Torch.Tests;

/// <summary>What a step leaves behind: nothing.</summary>
public sealed class FootprintTests : TorchTests
{
    private static Parameter[] ManyParameters()
    {
        var parameters = new Parameter[65];
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] = new Parameter(randn(100 + i));
            parameters[i].grad = randn(100 + i);
        }
        return parameters;
    }

    [SkippableFact]
    public void Ten_thousand_steps_leave_no_tensor()
    {
        var parameters = ManyParameters();
        // A gradient that has to be copied is no exception.
        parameters[0].grad = randn(200).as_strided([100], [2]);
        using var optimizer = new MomentumMix(parameters);
        optimizer.step();
        var (inScopes, all) = (DisposeScopeManager.Statistics.ThreadTotalLiveCount, Tensor.TotalCount);
        for (var i = 0; i < 10_000; i++)
            optimizer.step();

        Assert.Equal(inScopes, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        // The garbage collector may have taken tensors of earlier tests meanwhile.
        Assert.True(Tensor.TotalCount <= all);
    }

    [SkippableFact]
    public void A_step_of_65_tensors_allocates_less_than_a_kilobyte()
    {
        using var optimizer = new MomentumMix(ManyParameters(), new() { Threads = 1 });
        // Past the steps in which the runtime recompiles what runs often.
        for (var i = 0; i < 100; i++)
            optimizer.step();
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 10; i++)
                optimizer.step();
            least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / 10);
        }

        Assert.InRange(least, 0, 1024);
    }

    [SkippableFact]
    public void A_disposed_optimizer_refuses_and_leaves_the_parameters()
    {
        var network = new Mlp();
        var optimizer = new MomentumMix(network.Module.parameters());
        network.Train(optimizer, 2);
        optimizer.Dispose();
        optimizer.Dispose();

        Assert.Throws<ObjectDisposedException>(() => optimizer.step());
        Assert.Throws<ObjectDisposedException>(optimizer.state_dict);
        Assert.Throws<ObjectDisposedException>(() => optimizer.add_param_group(new TorchOptimizer.ParamGroup([new Parameter(ones(1))])));
        Assert.All(network.Values(), value => Assert.True(float.IsFinite(value)));
    }
}
