namespace Rllc.Runtime.Tests.Cpu;

/// <summary>What tests of several tensors and of memory formats are run with.</summary>
public static class Formats
{
    public static TheoryData<MemoryFormat, LawTiming> AndTimings
    {
        get
        {
            var data = new TheoryData<MemoryFormat, LawTiming>();
            foreach (var format in Enum.GetValues<MemoryFormat>())
                foreach (var timing in Enum.GetValues<LawTiming>())
                    data.Add(format, timing);
            return data;
        }
    }

    /// <summary>A law that moves, and an ε that does not divide rounding by next to nothing.</summary>
    internal static OptimizerOptions Options(MemoryFormat format, LawTiming timing = LawTiming.Exact) => new()
    {
        MemoryFormat = format, Timing = timing, SkipNonFinite = timing == LawTiming.Exact, LearningRate = 0.05, LawLearningRate = 0.02, Epsilon = 1e-3,
    };
}
