using ILGPU;

namespace Rllc.Kernels;

/// <summary>
/// The law's part of a step (arXiv 2402.15262, algorithm 1) as kernels of a single group of any number of threads: whatever the
/// memory and the number of parameters, they read the partial sums of its groups and leave the step's factors on the device.
/// <list type="bullet">
/// <item>exact: sum over the old memory → <see cref="SolveExact"/> → write M and θ if the step is applied;</item>
/// <item>delayed: <see cref="BeginDelayed"/> → write M and θ while summing over the old memory → <see cref="EndDelayed"/>;</item>
/// <item>fixed: <see cref="BeginFixed"/> → write M and θ.</item>
/// </list>
/// All threads add up; then one thread goes through the k×k part, which is too short to be worth a barrier.
/// </summary>
internal static class SolveKernels
{
    /// <summary>
    /// L ← L + c₂·r·G⁺c and G of the new memory; or, where the step is not finite or leaves the range, nothing but a skip counted.
    /// </summary>
    /// <param name="step">The step.</param>
    public static void SolveExact(StepViews step)
    {
        var law = step.Law;
        var withGram = law.GramIsDue;
        var scratch = Summed(withGram, law, step.Elements.Partials);
        if (Group.IdxX != 0)
            return;

        var k = law.UnitCount;
        var skips = law.Settings[0].SkipNonFinite != 0;
        var norm = GradientScaling.Norm(law, scratch);
        law.Factors[0].GradientNorm = norm;
        if (skips && !GradientScaling.SumsAreFinite(k, scratch))
        {
            Skip(clipFactor: 1, law);
            return;
        }

        var clipFactor = GradientScaling.ClipFactor(norm, law.Settings[0].MaxGradientNorm);
        var scale = GradientScaling.Scale(clipFactor, law);
        GradientScaling.ScaleSums(k, scale, scratch);
        LawUpdate.Begin(withGram, law, scratch);
        LawUpdate.ComputeCorrection(law, scratch);
        LawUpdate.AddToLaw(k, law.Settings[0].LawLearningRate, scratch.Correction, scratch.L);
        LawUpdate.Advance(law, scratch);
        if (skips && !LawUpdate.Fits(law, scratch))
        {
            Skip(clipFactor, law);
            return;
        }

        LawUpdate.Commit(withGram, law, scratch);
        Apply(clipFactor, scale, law);
    }

    /// <summary>L ← L + c₂·(what the last step postponed), before the pass that needs it.</summary>
    /// <param name="step">The step.</param>
    public static void BeginDelayed(StepViews step)
    {
        if (Group.IdxX != 0)
            return;
        var law = step.Law;
        LawUpdate.AddToLaw(law.UnitCount, law.Settings[0].LawLearningRate, law.Pending, law.L);
        Apply(clipFactor: 1, GradientScaling.Scale(clipFactor: 1, law), law);
    }

    /// <summary>Postpones r·G⁺c and computes G of the new memory, after the pass.</summary>
    /// <param name="step">The step.</param>
    public static void EndDelayed(StepViews step)
    {
        var law = step.Law;
        var withGram = law.GramIsDue;
        var scratch = Summed(withGram, law, step.Elements.Partials);
        if (Group.IdxX != 0)
            return;

        var k = law.UnitCount;
        law.Factors[0].GradientNorm = GradientScaling.Norm(law, scratch);
        GradientScaling.ScaleSums(k, law.Factors[0].GradientScale, scratch);
        LawUpdate.Begin(withGram, law, scratch);
        LawUpdate.ComputeCorrection(law, scratch);
        for (var i = 0; i < k; i++)
            law.Pending[i] = scratch.Correction[i];
        LawUpdate.Advance(law, scratch);
        LawUpdate.Commit(withGram, law, scratch);
    }

    /// <summary>Leaves the factors of a law that does not learn, and counts the step; G is computed afresh should the law ever learn.</summary>
    /// <param name="step">The step.</param>
    public static void BeginFixed(StepViews step)
    {
        if (Group.IdxX != 0)
            return;
        var law = step.Law;
        law.Factors[0].GradientNorm = double.NaN;
        law.Counters[0].Step++;
        law.Counters[0].GramRequested = 1;
        Apply(clipFactor: 1, GradientScaling.Scale(clipFactor: 1, law), law);
    }

    private static LawScratch Allocate() => new()
    {
        Sums = SharedMemory.Allocate<double>(LawViews.MostSums),
        L = SharedMemory.Allocate<double>(LawViews.MostUnits),
        G = SharedMemory.Allocate<double>(LawViews.MostUnits * LawViews.MostUnits),
        Correction = SharedMemory.Allocate<double>(LawViews.MostUnits),
        A = SharedMemory.Allocate<double>(LawViews.MostUnits * LawViews.MostUnits),
        Right = SharedMemory.Allocate<double>(LawViews.MostUnits),
        Diagonal = SharedMemory.Allocate<double>(LawViews.MostUnits),
        Order = SharedMemory.Allocate<int>(LawViews.MostUnits),
    };

    // Scratch memory with the sums in it; for all threads.
    private static LawScratch Summed(bool withGram, LawViews law, ArrayView<double> partials)
    {
        var scratch = Allocate();
        var k = law.UnitCount;
        var all = k + 1 + k * (k + 1) / 2;
        var lanes = SharedMemory.Allocate<double>(FixedOrderSum.Room);
        FixedOrderSum.Of(partials, all, withGram ? all : k + 1, lanes, scratch.Sums);
        return scratch;
    }

    private static void Skip(double clipFactor, LawViews law)
    {
        law.Factors[0].ClipFactor = clipFactor;
        law.Factors[0].Applied = 0;
        law.Counters[0].Skipped++;
    }

    private static void Apply(double clipFactor, float scale, LawViews law)
    {
        var learningRate = law.Settings[0].LearningRate;
        law.Factors[0].ClipFactor = clipFactor;
        law.Factors[0].GradientScale = scale;
        law.Factors[0].Applied = 1;
        for (var i = 0; i < law.UnitCount; i++)
            law.StepLaw[i] = (float)(-learningRate * law.L[i]);
    }
}
