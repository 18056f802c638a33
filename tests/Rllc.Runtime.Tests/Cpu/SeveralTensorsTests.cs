namespace Rllc.Runtime.Tests.Cpu;

/// <summary>One step of several tensors is one step of what they are together.</summary>
public class SeveralTensorsTests
{
    public static TheoryData<string, long[]> Sizes => new()
    {
        { "no tensors", [] },
        { "an empty tensor", [0] },
        { "empty tensors between others", [0, 5, 0, 0, 40, 0] },
        { "around a tile", [1, 15, 16, 17, 31, 32, 33] },
        { "around a chunk", [4095, 4096, 4097, 1] },
        { "several chunks", [9000, 3, 12_345] },
        { "many small tensors", [.. Enumerable.Range(0, 600).Select(i => i * 7L % 23)] },
    };

    [Theory]
    [MemberData(nameof(Formats.AndTimings), MemberType = typeof(Formats))]
    public void One_tensor_in_a_list_is_a_flat_span_bit_for_bit(MemoryFormat format, LawTiming timing)
    {
        using var flat = Run.Of(9001, Formats.Options(format, timing)).Steps(0, 12);
        using var list = Run.OfTensors([9001], Formats.Options(format, timing)).TensorSteps(0, 12);
        Assert.Equal(flat.State(), list.State());
        // And the two may take turns.
        flat.TensorSteps(12, 2).Steps(14, 2);
        list.Steps(12, 2).TensorSteps(14, 2);
        Assert.Equal(flat.State(), list.State());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Tensors_of_all_sizes_equal_the_oracle_of_all_their_elements(string name, long[] lengths)
    {
        Assert.NotEmpty(name);
        foreach (var timing in Enum.GetValues<LawTiming>())
        {
            // With few elements G is singular, and the law follows rounding: then it stays fixed.
            var options = Formats.Options(MemoryFormat.Float32, timing) with { LawLearningRate = lengths.Sum() > 50 ? 0.02 : 0, InitialLaw = [0.7, 0.3], WeightDecay = 0.1 };
            using var run = Run.OfTensors(lengths, options);
            var length = (int)run.Optimizer.Length;
            Assert.Equal(lengths.Sum(), length);
            var oracle = new DynamicOptimizer<float>(run.Optimizer.LinearMemory, length, options);
            var expected = run.Parameters.ToArray();
            for (var step = 0; step < 20; step++)
            {
                run.TensorSteps(step, 1);
                oracle.Step(expected, Run.Gradient(length, step));
            }
            Assert.Equal(20, run.Optimizer.StepCount);
            Assert.All(expected.Zip(run.Parameters), pair => Assert.Equal(pair.First, pair.Second, 2e-5));
            for (var unit = 0; unit < 2; unit++)
                Assert.All(oracle.Unit(unit).ToArray().Zip(run.Unit(unit)), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        }
    }

    [Theory]
    [MemberData(nameof(Formats.AndTimings), MemberType = typeof(Formats))]
    public void Results_are_the_same_bits_for_every_number_of_threads(MemoryFormat format, LawTiming timing)
    {
        long[] lengths = [5000, 1, 4096, 0, 17, 12_345, .. Enumerable.Repeat(33L, 100)];
        static bool HasGradient(int step, int tensor) => (step + tensor) % 5 != 0;
        using var expected = Run.OfTensors(lengths, Formats.Options(format, timing) with { Threads = 1 }).TensorSteps(0, 8, HasGradient);
        foreach (var threads in new[] { 0, 2, 3, 8, 200 })
        {
            using var run = Run.OfTensors(lengths, Formats.Options(format, timing) with { Threads = threads }).TensorSteps(0, 8, HasGradient);
            Assert.Equal(expected.State(), run.State());
        }
    }

    [Theory]
    [MemberData(nameof(Formats.AndTimings), MemberType = typeof(Formats))]
    public void It_does_not_matter_where_tensors_lie(MemoryFormat format, LawTiming timing)
    {
        long[] lengths = [17, 4099, 64];
        using var expected = Run.OfTensors(lengths, Formats.Options(format, timing)).TensorSteps(0, 5);
        using var optimizer = new MomentumMixByHand(lengths, Formats.Options(format, timing));
        using var run = Run.OfTensors(lengths, Formats.Options(format, timing));
        // Each tensor in an array of its own, at another place in every step, the last one first.
        var θ = Array.ConvertAll(run.Tensors(run.Parameters), tensor => tensor.ToArray());
        for (var step = 0; step < 5; step++)
        {
            var g = run.Tensors(Run.Gradient(run.Parameters.Length, step));
            Memory<float>[] placed = [.. θ.Select((tensor, i) => new float[tensor.Length + 20].AsMemory(step + i, tensor.Length))];
            foreach (var (tensor, place) in θ.Zip(placed))
                tensor.CopyTo(place);
            float[][] gradients = [.. g.Select(float[] (tensor, i) => [.. new float[i], .. tensor.Span, step])];
            optimizer.Step(placed, [.. gradients.Select((gradient, i) => gradient.AsMemory(i, θ[i].Length))]);
            θ = Array.ConvertAll(placed, tensor => tensor.ToArray());
        }
        Assert.Equal(expected.Parameters, θ.SelectMany(tensor => tensor));
        Assert.Equal(expected.Optimizer.LawCoefficients, optimizer.LawCoefficients);
    }

    [Fact]
    public void What_lies_around_a_tensor_is_not_touched()
    {
        long[] lengths = [1, 15, 4097];
        using var optimizer = new MomentumMixByHand(lengths);
        var all = new float[lengths.Sum() + 4];
        Array.Fill(all, 7);
        Memory<float>[] θ = [all.AsMemory(1, 1), all.AsMemory(3, 15), all.AsMemory(19, 4097)];
        optimizer.Step(θ, [.. θ.Select(tensor => (ReadOnlyMemory<float>)Run.Numbers(tensor.Length, seed: 3))]);
        Assert.Equal([0, 2, 18, 4116], all.Index().Where(entry => entry.Item == 7).Select(entry => entry.Index));
    }

    [Fact]
    public void Gradients_may_share_memory()
    {
        var shared = Run.Gradient(5000, step: 0);
        using var run = Run.OfTensors([5000, 5000, 3000]);
        run.Optimizer.Step(run.Tensors(run.Parameters), [shared, shared, shared.AsMemory(100, 3000)]);
        using var expected = Run.OfTensors([5000, 5000, 3000]);
        expected.Optimizer.Step(expected.Tensors(expected.Parameters), [shared, shared.ToArray(), shared[100..3100]]);
        Assert.Equal(expected.State(), run.State());
    }

    [Fact]
    public void One_tensor_of_a_unit_is_its_part_of_the_whole_unit()
    {
        long[] lengths = [9000, 0, 5, 4097];
        using var run = Run.OfTensors(lengths).TensorSteps(0, 3);
        for (var unit = 0; unit < 2; unit++)
        {
            var parts = lengths.SelectMany((length, tensor) =>
            {
                var part = new float[length];
                run.Optimizer.CopyUnit(unit, tensor, part);
                return part;
            });
            Assert.Equal(run.Unit(unit), parts);
        }
        Assert.Throws<ArgumentOutOfRangeException>("tensor", () => run.Optimizer.CopyUnit(0, 4, []));
        Assert.Throws<ArgumentOutOfRangeException>("tensor", () => run.Optimizer.CopyUnit(0, -1, []));
        Assert.Throws<ArgumentOutOfRangeException>("unit", () => run.Optimizer.CopyUnit(2, 0, new float[9000]));
        Assert.Throws<ArgumentException>("destination", () => run.Optimizer.CopyUnit(0, 3, new float[4096]));
    }

    [Theory]
    [InlineData(LawTiming.Exact, 1)]
    [InlineData(LawTiming.Exact, 2)]
    [InlineData(LawTiming.Delayed, 1)]
    public void A_step_allocates_nothing(LawTiming timing, int threads)
    {
        long[] lengths = [5000, 17, 4096, 300];
        using var run = Run.OfTensors(lengths, Formats.Options(MemoryFormat.BFloat16, timing) with { Threads = threads }).TensorSteps(0, 3);
        var θ = run.Tensors(run.Parameters);
        // Other places and missing ones in every second step, so that what is checked only then is measured too.
        ReadOnlyMemory<float>[][] gradients =
        [
            [.. run.Tensors(Run.Gradient(run.Parameters.Length, 0))],
            [.. run.Tensors(Run.Gradient(run.Parameters.Length, 1)).Select((tensor, i) => i == 1 ? default : tensor)],
        ];
        run.Optimizer.Step(θ, gradients[1]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 0; step < 300; step++)
            run.Optimizer.Step(θ, gradients[step % 2]);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
