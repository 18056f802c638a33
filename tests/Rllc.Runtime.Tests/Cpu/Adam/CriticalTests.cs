namespace Rllc.Runtime.Tests.Cpu.Adam;

/// <summary>Adam and AdamW with buffers of critical momenta and gradients.</summary>
public sealed class CriticalTests
{
    private static readonly MomentFormula Momenta = AdamByHand.Adam with { Critical = CriticalKind.Momenta, Capacity = 5, Decay = 0.7 };

    private static readonly MomentFormula Gradients = Momenta with { Critical = CriticalKind.Gradients };

    private static readonly long[] Lengths = [17, 40, Partition.ChunkLength + 5];

    public static TheoryData<string> Formulas => ["Momenta", "Gradients", "MomentaW", "GradientsW", "One", "Slow"];

    [Theory, MemberData(nameof(Formulas))]
    public void Steps_are_those_of_the_formulas_in_float64(string name)
    {
        var formula = Formula(name);
        using var run = AdamRun.Of(formula, Lengths, new() { LearningRate = 0.01, WeightDecay = 0.1, LossScale = 4 });
        var references = References(formula, run);
        for (var step = 0; step < 120; step++)
            Step(run, references, step, 0.01, 0.1);

        Assert.InRange(AdamRun.Distance(run.Parameters, [.. references.SelectMany(reference => reference.Parameters)]), 0, 2e-6);
        Assert.NotEqual(0, references[0].Replaced);
        Assert.NotEqual(0, references[0].Refused);
        for (var entry = 0; entry < formula.Capacity; entry++)
            Assert.InRange(AdamRun.Distance(run.Unit(3 + entry), [.. references.SelectMany(reference => reference.Buffer[entry].Entry)]), 0, 1e-6);
    }

    [Fact]
    public void A_buffer_without_entries_is_plain_Adam_to_the_last_bit()
    {
        using var plain = AdamRun.Of(AdamByHand.Adam, Lengths).Steps(0, 20);
        using var empty = AdamRun.Of(Momenta with { Capacity = 0 }, Lengths).Steps(0, 20);

        Assert.Equal(plain.State(), empty.State());
    }

    [Fact]
    public void The_first_step_is_that_of_Adam()
    {
        using var plain = AdamRun.Of(AdamByHand.Adam, Lengths).Steps(0, 1);
        foreach (var formula in new[] { Momenta, Gradients })
        {
            using var run = AdamRun.Of(formula, Lengths).Steps(0, 1);

            Assert.Equal(plain.Parameters, run.Parameters);
            Assert.Equal(formula == Momenta ? plain.Unit(0) : Run.Gradient(run.Parameters.Length, 0), run.Unit(3));
        }
    }

    [Fact]
    public void Steps_under_a_constant_gradient_are_those_that_the_page_prints()
    {
        var printed = File.ReadAllText(Path.Combine(Root, "docs", "adam.md"));
        foreach (var formula in new[] { Momenta, Gradients })
        {
            using var optimizer = new AdamByHand(formula, [1], new() { LearningRate = 1 });
            float[] parameters = [0];
            var steps = new List<string>();
            for (var step = 0; step < 1000; step++)
            {
                var before = parameters[0];
                optimizer.Step(parameters, [1]);
                if (step is < 5 or 9 or 99 or 999)
                    steps.Add(FormattableString.Invariant($"{before - parameters[0]:F2}"));
            }

            Assert.Contains($"| {formula.Critical} | {string.Join(" | ", steps)} |", printed, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_sum_of_the_entries_does_not_drift()
    {
        const int Length = 64;
        var formula = Momenta with { Decay = 0.01 };
        using var run = AdamRun.Of(formula, [Length]);
        for (var step = 0; step < 5000; step++)
        {
            var gradient = Run.Gradient(Length, step).ToArray();
            // Once in a while one is much larger than all others.
            if (step % 1000 == 990)
                gradient = [.. gradient.Select(x => 1e5f * x)];
            run.Optimizer.Step(run.Parameters, gradient);
        }

        var entries = Enumerable.Range(3, formula.Capacity).Select(run.Unit).ToList();
        Assert.InRange(AdamRun.Distance(run.Unit(2), [.. Enumerable.Range(0, Length).Select(i => entries.Sum(entry => (double)entry[i]))]), 0, 1e-6);
    }

    [Fact]
    public void A_tensor_without_a_gradient_keeps_buffer_and_priorities()
    {
        static bool HasGradient(int step, int tensor) => tensor != 1 || step < 3;
        using var run = AdamRun.Of(Momenta, [20, 30]).Steps(0, 3);
        var units = Enumerable.Range(0, 8).Select(unit => run.Unit(unit)[20..]).ToList();
        var parameters = run.Parameters[20..];
        run.Steps(3, 20, HasGradient);

        Assert.Equal(parameters, run.Parameters[20..]);
        Assert.Equal(units, Enumerable.Range(0, 8).Select(unit => run.Unit(unit)[20..]));
        // Steps 0, 1 and 2 have filled three of its five places; the next two take the others.
        run.Steps(23, 2);
        Assert.DoesNotContain(0f, run.Unit(7)[20..]);
        Assert.Equal(units[3], run.Unit(3)[20..]);
    }

    [Fact]
    public void The_norm_is_known_so_that_steps_can_be_skipped_at_no_cost()
    {
        using var run = AdamRun.Of(Momenta, [20], new() { SkipNonFinite = true, MaxGradientNorm = 0.5 }).Steps(0, 8);
        var state = run.State();

        Assert.False(run.Optimizer.Step(run.Parameters, Enumerable.Repeat(float.NaN, 20).ToArray()).Applied);
        Assert.Equal(state, run.State());
        var report = run.Optimizer.Step(run.Parameters, Enumerable.Repeat(1f, 20).ToArray());
        Assert.Equal(Math.Sqrt(20), report.GradientNorm, 1e-6);
    }

    [Theory]
    [InlineData("Momenta", MemoryFormat.Float32)]
    [InlineData("GradientsW", MemoryFormat.Float32)]
    [InlineData("Momenta", MemoryFormat.BFloat16Stochastic)]
    public void Bits_depend_neither_on_threads_nor_on_a_checkpoint_between(string name, MemoryFormat format)
    {
        static bool HasGradient(int step, int tensor) => tensor != 2 || step % 3 != 1;
        var formula = Formula(name);
        using var first = AdamRun.Of(formula, Lengths, new() { Threads = 1, MemoryFormat = format }).Steps(0, 13, HasGradient);
        using var second = AdamRun.Of(formula, Lengths, new() { Threads = 3, MemoryFormat = format });
        second.Optimizer.Load(new MemoryStream(first.State()), second.Tensors(second.Parameters));
        first.Steps(13, 12, HasGradient);
        second.Steps(13, 12, HasGradient);

        Assert.Equal(first.State(), second.State());
    }

    [Fact]
    public void A_checkpoint_of_another_buffer_is_refused()
    {
        using var run = AdamRun.Of(Momenta, [20]).Steps(0, 8);
        foreach (var other in new[] { Gradients, Momenta with { Decay = 0.8 }, Momenta with { Capacity = 4 }, AdamByHand.Adam })
        {
            using var optimizer = AdamRun.Of(other, [20]);
            Assert.Contains("it holds 'Adam, β₁ = 0.9, β₂ = 0.999, ε = 1E-08, 5 critical momenta decaying by 0.7'",
                Assert.Throws<InvalidDataException>(() => optimizer.Optimizer.Load(new MemoryStream(run.State()), optimizer.Parameters)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("[1,2,3,4,-5]")]
    [InlineData("[1,2,3,4,NaN]")]
    public void Priorities_without_a_meaning_are_refused(string keys)
    {
        using var run = AdamRun.Of(Momenta, [20]).Steps(0, 8);
        var metadata = run.Optimizer.DescribeState().ToDictionary();
        metadata["critical_keys"] = keys;

        Assert.Contains("unreadable 'critical_keys'", Assert.Throws<InvalidDataException>(() => run.Optimizer.RestoreState(metadata)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_has_diverged_is_not_saved()
    {
        using var run = AdamRun.Of(Momenta, [1]);
        run.Optimizer.Step(run.Parameters, [float.NaN]);

        Assert.Throws<InvalidOperationException>(() => run.Optimizer.Save(new MemoryStream()));
    }

    [Theory]
    [InlineData(-1, 0.7, "Capacity")]
    [InlineData(1025, 0.7, "Capacity")]
    [InlineData(5, 0, "Decay")]
    [InlineData(5, 1.1, "Decay")]
    [InlineData(5, double.NaN, "Decay")]
    public void A_buffer_out_of_range_is_refused(int capacity, double decay, string name) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new AdamByHand(Momenta with { Capacity = capacity, Decay = decay }, [1])).ParamName);

    private static MomentFormula Formula(string name) => name switch
    {
        "Momenta" => Momenta,
        "Gradients" => Gradients,
        "MomentaW" => Momenta with { IsDecoupled = true },
        "GradientsW" => Gradients with { IsDecoupled = true },
        "One" => Momenta with { Capacity = 1 },
        _ => Gradients with { Capacity = 10, Decay = 0.99 },
    };

    private static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Rllc.sln")))
                folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
            return folder;
        }
    }

    private static CriticalReference[] References(MomentFormula formula, AdamRun run) =>
        [.. run.Tensors(run.Parameters).Select(tensor => new CriticalReference(formula, tensor.ToArray()))];

    // Gradients of very different norms, or every new one would be an entry.
    private static void Step(AdamRun run, CriticalReference[] references, int step, double rate, double decay)
    {
        float[] gradient = [.. Run.Gradient(run.Parameters.Length, step).Select(x => x * MathF.Pow(10, step * 7 % 5))];
        var gradients = run.Tensors(gradient);
        run.Optimizer.Step(run.Tensors(run.Parameters), [.. gradients.Select(each => (ReadOnlyMemory<float>)each)]);
        var norm = Math.Sqrt(gradient.Sum(x => (double)x * x)) / 4;
        for (var tensor = 0; tensor < references.Length; tensor++)
            references[tensor].Step([.. gradients[tensor].ToArray().Select(x => x / 4.0)], norm, rate, decay);
    }
}
