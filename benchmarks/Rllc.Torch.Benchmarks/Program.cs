using Rllc.Benchmarks.Roofline;
using Rllc.Benchmarks.Steps;
using Rllc.Torch.Benchmarks;
using static System.FormattableString;
using static TorchSharp.torch;

// Declared optimizers next to torch.optim's in one process, on one thread, taking turns; prints Markdown. Whether the allocator of
// the C library keeps what Adam's temporaries gave back matters much: compare with MALLOC_MMAP_MAX_=0.
set_num_threads(1);
Console.WriteLine($"{Machine.Description}; TorchSharp on libtorch {__version__}; MALLOC_MMAP_MAX_={Environment.GetEnvironmentVariable("MALLOC_MMAP_MAX_") ?? "(not set)"}.");
Report("n = 10,000,000", [10_000_000], rounds: 15, steps: 4);
Report(Invariant($"{ResNet20.Lengths.Count} tensors, n = {ResNet20.Length:N0} in all"), ResNet20.Lengths, rounds: 60, steps: 50);

static void Report(string title, IReadOnlyList<long> lengths, int rounds, int steps)
{
    Contender[] contenders =
    [
        new("torch.optim.Adam", lengths, parameters => optim.Adam(parameters)),
        new("torch.optim.SGD, momentum 0.9", lengths, parameters => optim.SGD(parameters, 0.01, momentum: 0.9)),
        new("M(0.9) ⊕ M(0) exact", lengths, parameters => new MomentumMix(parameters, new() { Threads = 1 })),
        new("M(0.9) ⊕ M(0) delayed", lengths, parameters => new MomentumMix(parameters, new() { Threads = 1, Timing = Rllc.LawTiming.Delayed, SkipNonFinite = false })),
        new("M(0.9) exact", lengths, parameters => new Momentum(parameters, new() { Threads = 1 })),
    ];
    // Until the just-in-time compiler has its last word.
    for (var i = 0; i < 4; i++)
    {
        Measurement.Of(contenders, rounds: 1, steps: Math.Max(steps, 8));
        Thread.Sleep(200);
    }
    var measured = Measurement.Of(contenders, rounds, steps);
    Console.WriteLine($"\n### {title}\n");
    Console.WriteLine("| optimizer | ms, p25 | ms, median | × Adam | p25 | × SGD momentum | p25 | managed bytes |");
    Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (var i = 0; i < contenders.Length; i++)
        Console.WriteLine(Invariant($"| {contenders[i].Name} | {measured.Milliseconds(i, 0.25):0.000} | {measured.Milliseconds(i, 0.5):0.000} ")
            + Invariant($"| {measured.Ratio(i, 0, 0.5):0.00} | {measured.Ratio(i, 0, 0.25):0.00} | {measured.Ratio(i, 1, 0.5):0.00} | {measured.Ratio(i, 1, 0.25):0.00} | {measured.AllocatedBytes[i]:0} |"));
    foreach (var contender in contenders)
        contender.Dispose();
}
