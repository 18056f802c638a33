namespace Rllc.Runtime.Tests.Cpu;

/// <summary>Tensors are pinned while a call works on them, and at no other time.</summary>
public sealed class PinTests : IDisposable
{
    private static readonly long[] Lengths = [100, 4097, 0, 16];

    private readonly Run _expected = Run.OfTensors(Lengths);
    private readonly NativeFloats[] _parameters;
    private readonly NativeFloats[] _gradients;

    public PinTests()
    {
        _parameters = Native(_expected.Tensors(_expected.Parameters));
        _gradients = Native(_expected.Tensors(Run.Gradient(_expected.Parameters.Length, step: 0)));
    }

    private Memory<float>[] θ => Array.ConvertAll(_parameters, tensor => tensor.Memory);

    private ReadOnlyMemory<float>[] g => Array.ConvertAll(_gradients, tensor => (ReadOnlyMemory<float>)tensor.Memory);

    public void Dispose()
    {
        _expected.Dispose();
        foreach (var tensor in _parameters.Concat(_gradients))
            tensor.Dispose();
    }

    [Fact]
    public void Tensors_of_native_memory_step_as_arrays_do()
    {
        using var optimizer = new MomentumMixByHand(Lengths);
        optimizer.Step(θ, g);
        _expected.TensorSteps(0, 1);
        Assert.Equal(_expected.Parameters, _parameters.SelectMany(tensor => tensor.Memory.ToArray()));
        Assert.All(_parameters, tensor => Assert.Equal(1, tensor.PinCount));
        AssertNothingIsPinned();
    }

    [Fact]
    public void Save_and_load_let_go_of_what_they_pin()
    {
        using var optimizer = new MomentumMixByHand(Lengths);
        var stream = new MemoryStream();
        optimizer.Save(stream, θ);
        stream.Position = 0;
        optimizer.Load(stream, θ);
        Assert.All(_parameters, tensor => Assert.Equal(2, tensor.PinCount));
        Assert.Throws<InvalidDataException>(() => optimizer.Load(new MemoryStream([1, 2, 3]), θ));
        Assert.Throws<ObjectDisposedException>(() => optimizer.Save(new BrokenStream(), θ));
        AssertNothingIsPinned();
    }

    [Fact]
    public void After_a_refused_step_nothing_is_pinned()
    {
        using var optimizer = new MomentumMixByHand(Lengths);
        Assert.Throws<ArgumentException>(() => optimizer.Step(θ, g[1..]));
        Assert.Throws<ArgumentException>(() => optimizer.Step(θ, [g[0], g[1], g[2], g[0]]));
        Assert.Throws<ArgumentException>(() => optimizer.Step(θ, [g[0], θ[1], g[2], g[3]]));
        AssertNothingIsPinned();
        Assert.True(optimizer.Step(θ, g).Applied);
    }

    [Fact]
    public void After_a_kernel_that_fails_nothing_is_pinned()
    {
        using var optimizer = new Failing(Lengths);
        Assert.Throws<InvalidTimeZoneException>(() => optimizer.Step(θ, g));
        AssertNothingIsPinned();
    }

    [Fact]
    public void Memory_that_cannot_be_pinned_leaves_no_other_pinned_and_the_next_step_works()
    {
        using var optimizer = new MomentumMixByHand(Lengths);
        foreach (var tensor in new[] { _parameters[0], _gradients[1], _parameters[3], _gradients[3] })
        {
            tensor.Failure = new InvalidTimeZoneException();
            Assert.Throws<InvalidTimeZoneException>(() => optimizer.Step(θ, g));
            tensor.Failure = null;
            AssertNothingIsPinned();
        }
        Assert.Equal(0, optimizer.StepCount);
        optimizer.Step(θ, g);
        _expected.TensorSteps(0, 1);
        Assert.Equal(_expected.Parameters, _parameters.SelectMany(tensor => tensor.Memory.ToArray()));
    }

    [Fact]
    public void Memory_that_fails_to_be_let_go_does_not_keep_others_pinned()
    {
        using var optimizer = new MomentumMixByHand(Lengths);
        foreach (var tensor in _gradients)
            tensor.UnpinFailure = new InvalidTimeZoneException();
        Assert.Throws<InvalidTimeZoneException>(() => optimizer.Step(θ, g));
        AssertNothingIsPinned();
        foreach (var tensor in _gradients)
            tensor.UnpinFailure = null;
        Assert.True(optimizer.Step(θ, g).Applied);
        AssertNothingIsPinned();
    }

    private static NativeFloats[] Native(Memory<float>[] tensors) => Array.ConvertAll(tensors, tensor => new NativeFloats(tensor.Span));

    private void AssertNothingIsPinned() => Assert.All(_parameters.Concat(_gradients), tensor => Assert.Equal(0, tensor.Pins));

    private sealed class BrokenStream : MemoryStream
    {
        public BrokenStream() => Dispose();
    }

    private sealed class Failing(long[] lengths) : Optimizer(LinearMemory.Parse("M(0)"), lengths, new())
    {
        protected override void Project<TLanes, TElement>(ref TElement M, ref float g, int count, Span<double> sums)
        {
        }

        protected override void Advance<TLanes, TElement>(ref TElement M, ref float θ, ref float g, int count, in StepCoefficients step) =>
            throw new InvalidTimeZoneException();

        protected override void ProjectAndAdvance<TLanes, TElement>(ref TElement M, ref float θ, ref float g, int count, in StepCoefficients step, Span<double> sums) =>
            throw new NotSupportedException();
    }
}
