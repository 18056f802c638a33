namespace Rllc.Runtime.Tests.Cpu;

/// <summary>Lists that do not fit are refused with nothing written.</summary>
public sealed class SeveralTensorsErrorTests : IDisposable
{
    private static readonly long[] Lengths = [10, 0, 20, 10];

    private readonly Run _run = Run.OfTensors(Lengths).TensorSteps(0, 2);
    private readonly float[] _gradient = Run.Numbers(40, seed: 5);

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData(new[] { 10, 0, 20 }, new[] { 10, 0, 20, 10 }, "parameters", "has 4 tensors, not 3")]
    [InlineData(new[] { 10, 0, 20, 10, 0 }, new[] { 10, 0, 20, 10 }, "parameters", "has 4 tensors, not 5")]
    [InlineData(new int[0], new[] { 10, 0, 20, 10 }, "parameters", "has 4 tensors, not 0")]
    [InlineData(new[] { 10, 0, 20, 10 }, new[] { 10, 0, 20 }, "gradients", "has 4 tensors, not 3")]
    [InlineData(new[] { 10, 0, 20, 10 }, new int[0], "gradients", "has 4 tensors, not 0")]
    [InlineData(new[] { 10, 0, 20, 9 }, new[] { 10, 0, 20, 10 }, "parameters", "Tensor 3 has 10 parameters, not 9")]
    [InlineData(new[] { 10, 1, 20, 10 }, new[] { 10, 0, 20, 10 }, "parameters", "Tensor 1 has 0 parameters, not 1")]
    [InlineData(new[] { 20, 0, 10, 10 }, new[] { 10, 0, 20, 10 }, "parameters", "Tensor 0 has 10 parameters, not 20")]
    [InlineData(new[] { 10, 0, 0, 10 }, new[] { 10, 0, 20, 10 }, "parameters", "Tensor 2 has 20 parameters, not 0")]
    [InlineData(new[] { 10, 0, 20, 10 }, new[] { 10, 0, 21, 10 }, "gradients", "Tensor 2 has 20 parameters, not 21")]
    [InlineData(new[] { 10, 0, 20, 10 }, new[] { 10, 5, 20, 10 }, "gradients", "Tensor 1 has 0 parameters, not 5")]
    public void Numbers_and_lengths_must_be_those_of_the_optimizer(int[] parameters, int[] gradients, string argument, string message)
    {
        var thrown = AssertRefused([.. parameters.Select(length => new float[length].AsMemory())], [.. gradients.Select(length => new float[length])]);
        Assert.Equal(argument, thrown.ParamName);
        Assert.Contains(message, thrown.Message);
    }

    [Fact]
    public void A_flat_span_is_refused_where_there_are_several_tensors_or_none()
    {
        AssertSays("has 4 tensors: pass a list", () => _run.Optimizer.Step(_run.Parameters, _gradient));
        AssertSays("has 4 tensors: pass a list", () => _run.Optimizer.Save(new MemoryStream(), _run.Parameters));
        AssertSays("has 4 tensors: pass a list", () => _run.Optimizer.Load(new MemoryStream(), _run.Parameters));
        using var none = Run.OfTensors([]);
        Assert.Contains("has 0 tensors", Assert.Throws<ArgumentException>(() => none.Optimizer.Step(new float[1], new float[1])).Message);
    }

    [Fact]
    public void Parameters_that_overlap_each_other_are_refused()
    {
        var shared = Run.Numbers(60, seed: 8);
        AssertOverlaps(At(shared, 0, 0, 9, 40), Gradients(), "parameters[2] must not overlap parameters[0]");
        AssertOverlaps(At(shared, 28, 0, 9, 50), Gradients(), "parameters[0] must not overlap parameters[2]");
        AssertOverlaps(At(shared, 0, 0, 10, 0), Gradients(), "must not overlap");
        // One inside another, and not the next one in memory.
        AssertOverlaps(At(shared, 31, 0, 30, 55 - 10), Gradients(), "parameters[0] must not overlap parameters[2]");
    }

    [Fact]
    public void Parameters_that_overlap_a_gradient_are_refused_whichever_it_is()
    {
        foreach (var tensor in new[] { 0, 2, 3 })
            foreach (var other in new[] { 0, 2, 3 })
            {
                var length = (int)Math.Max(Lengths[tensor], Lengths[other]);
                var shared = new float[2 * length];
                foreach (var offset in new[] { 0, (int)Lengths[tensor] - 1 })
                {
                    var (parameters, gradients) = (Parameters(), Gradients());
                    parameters[tensor] = shared.AsMemory(0, (int)Lengths[tensor]);
                    gradients[other] = shared.AsMemory(offset, (int)Lengths[other]);
                    AssertOverlaps(parameters, gradients, "must not overlap");
                    // The other way round: the gradient begins first.
                    parameters[tensor] = shared.AsMemory((int)Lengths[other] - 1, (int)Lengths[tensor]);
                    gradients[other] = shared.AsMemory(0, (int)Lengths[other]);
                    AssertOverlaps(parameters, gradients, "must not overlap");
                }
            }
    }

    [Fact]
    public void A_gradient_far_longer_than_the_next_does_not_hide_that_it_overlaps()
    {
        // [g2                  ]
        //    [g0    ] [θ0    ]
        var shared = new float[40];
        var (parameters, gradients) = (Parameters(), Gradients());
        gradients[2] = shared.AsMemory(0, 20);
        gradients[0] = shared.AsMemory(1, 10);
        parameters[0] = shared.AsMemory(12, 10);
        AssertOverlaps(parameters, gradients, "parameters[0] must not overlap gradients[2]");
    }

    [Fact]
    public void Neighbours_and_tensors_without_elements_do_not_overlap()
    {
        var all = Run.Numbers(80, seed: 8);
        Memory<float>[] parameters = [all.AsMemory(0, 10), all.AsMemory(5, 0), all.AsMemory(20, 20), all.AsMemory(60, 10)];
        ReadOnlyMemory<float>[] gradients = [all.AsMemory(10, 10), all.AsMemory(65, 0), all.AsMemory(40, 20), all.AsMemory(70, 10)];
        Assert.True(_run.Optimizer.Step(parameters, gradients).Applied);
    }

    [Fact]
    public void An_overlap_that_only_a_later_step_has_is_refused()
    {
        var (parameters, gradients) = (Parameters(), Gradients());
        for (var repeat = 0; repeat < 2; repeat++)
        {
            // Good ones first, so that their addresses are known as such.
            for (var step = 0; step < 3; step++)
                _run.Optimizer.Step(parameters, gradients);
            AssertOverlaps(parameters, [gradients[0], gradients[1], gradients[2], parameters[0]], "gradients[3]");
            // And once more: being refused has not made it good.
            AssertOverlaps(parameters, [gradients[0], gradients[1], gradients[2], parameters[0]], "gradients[3]");
            AssertOverlaps([parameters[0], default, parameters[2], parameters[0]], gradients, "parameters");
            AssertOverlaps([parameters[0], default, parameters[2], parameters[2][5..15]], [default, default, default, gradients[3]], "parameters");
        }
    }

    [Fact]
    public void An_overlap_with_a_gradient_that_came_back_is_refused()
    {
        var (parameters, gradients) = (Parameters(), Gradients());
        _run.Optimizer.Step(parameters, [default, default, gradients[2], gradients[3]]);
        AssertOverlaps(parameters, [parameters[3], default, gradients[2], gradients[3]], "must not overlap");
        _run.Optimizer.Step(parameters, [default, default, gradients[2], gradients[3]]);
        AssertOverlaps(parameters, [parameters[0], default, gradients[2], gradients[3]], "must not overlap");
    }

    [Fact]
    public void An_overlap_after_a_save_or_a_load_of_other_parameters_is_refused()
    {
        var (parameters, gradients) = (Parameters(), Gradients());
        _run.Optimizer.Step(parameters, gradients);
        var stream = new MemoryStream();
        // Where the gradients of the last step are.
        Memory<float>[] others = _run.Tensors(_gradient);
        _run.Optimizer.Save(stream, others);
        AssertOverlaps(others, gradients, "must not overlap");
        Assert.True(_run.Optimizer.Step(parameters, gradients).Applied);
        stream.Position = 0;
        _run.Optimizer.Load(stream, others);
        AssertOverlaps(others, gradients, "must not overlap");
    }

    [Fact]
    public void Parameters_that_overlap_each_other_are_not_loaded()
    {
        var stream = new MemoryStream();
        _run.Optimizer.Save(stream, Parameters());
        stream.Position = 0;
        var shared = Run.Numbers(60, seed: 8);
        var (before, copy) = (_run.State(), shared.ToArray());
        Assert.Throws<ArgumentException>(() => _run.Optimizer.Load(stream, At(shared, 0, 0, 9, 40)));
        Assert.Throws<ArgumentException>("parameters", () => _run.Optimizer.Load(stream, Parameters()[1..]));
        Assert.Throws<ArgumentException>("parameters", () => _run.Optimizer.Save(stream, Parameters()[1..]));
        Assert.Equal(before, _run.State());
        Assert.Equal(copy, shared);
    }

    private Memory<float>[] Parameters() => _run.Tensors(_run.Parameters);

    private ReadOnlyMemory<float>[] Gradients() => [.. _run.Tensors(_gradient)];

    private static Memory<float>[] At(float[] memory, params int[] offsets) =>
        [.. offsets.Select((offset, tensor) => memory.AsMemory(offset, (int)Lengths[tensor]))];

    private void AssertSays(string message, Action call)
    {
        var before = _run.State();
        Assert.Contains(message, Assert.Throws<ArgumentException>(call).Message);
        Assert.Equal(before, _run.State());
    }

    private void AssertOverlaps(Memory<float>[] parameters, ReadOnlyMemory<float>[] gradients, string message) =>
        Assert.Contains(message, AssertRefused(parameters, gradients).Message);

    private ArgumentException AssertRefused(Memory<float>[] parameters, ReadOnlyMemory<float>[] gradients)
    {
        var (before, values) = (_run.State(), parameters.Select(tensor => tensor.ToArray()).ToList());
        var thrown = Assert.Throws<ArgumentException>(() => _run.Optimizer.Step(parameters, gradients));
        Assert.Equal(before, _run.State());
        Assert.Equal(values, parameters.Select(tensor => tensor.ToArray()));
        return thrown;
    }
}
