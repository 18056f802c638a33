using ILGPU;

namespace Rllc.Kernels;

/// <summary><see cref="LawState"/>'s parts of a step on the device, by one thread, with the same operations in the same order.</summary>
internal static class LawUpdate
{
    /// <summary>Takes law and Gram matrix into scratch memory; G from the sums over the memory if it is due.</summary>
    public static void Begin(bool withGram, LawViews law, LawScratch scratch)
    {
        var k = law.UnitCount;
        for (var i = 0; i < k; i++)
            scratch.L[i] = law.L[i];
        var pair = k + 1;
        for (var i = 0; i < k; i++)
            for (var j = i; j < k; j++)
            {
                var entry = withGram ? scratch.Sums[pair] : law.G[i * k + j];
                scratch.G[i * k + j] = entry;
                scratch.G[j * k + i] = entry;
                pair++;
            }
    }

    /// <summary>Makes law and Gram matrix of scratch memory those of the law and counts the step.</summary>
    public static void Commit(bool withGram, LawViews law, LawScratch scratch)
    {
        var k = law.UnitCount;
        for (var i = 0; i < k; i++)
            law.L[i] = scratch.L[i];
        for (var i = 0; i < k * k; i++)
            law.G[i] = scratch.G[i];
        law.Counters[0].Step++;
        // Where a tensor had no gradient, what is kept of G is not that of all: the next step begins afresh.
        if (withGram)
            law.Counters[0].GramRequested = law.Settings[0].SomeHaveNoGradient;
    }

    /// <summary>r·G⁺c (arXiv 2402.15262, algorithm 1), 0 in a step without a correction.</summary>
    public static void ComputeCorrection(LawViews law, LawScratch scratch)
    {
        var k = law.UnitCount;
        var step = law.Counters[0].Step;
        var interval = law.Settings[0].LawInterval;
        if (step < law.Settings[0].HoldCorrections || (step + 1) % interval != 0)
        {
            for (var i = 0; i < k; i++)
                scratch.Correction[i] = 0;
            return;
        }

        DeviceRelaxedInverse.Apply(law, scratch);
        for (var i = 0; i < k; i++)
            scratch.Correction[i] *= interval;
    }

    /// <summary>L ← L + c₂·correction.</summary>
    public static void AddToLaw(int k, double lawLearningRate, ArrayView<double> correction, ArrayView<double> L)
    {
        // A fixed law stays what it is, whatever the correction (even an infinite one).
        if (lawLearningRate == 0)
            return;
        for (var i = 0; i < k; i++)
            L[i] += lawLearningRate * correction[i];
    }

    /// <summary>
    /// G ← BᵀGB + (Bᵀc)aᵀ + a(Bᵀc)ᵀ + γaaᵀ, which is MᵀM of the new memory without looking at it. Of a memory that is not linear G stays
    /// that of the old one.
    /// </summary>
    public static void Advance(LawViews law, LawScratch scratch)
    {
        if (!law.HasRecurrence)
            return;
        var k = law.UnitCount;
        var gamma = scratch.Sums[k];
        for (var i = 0; i < k; i++)
        {
            var product = 0.0;
            for (var m = 0; m < k; m++)
                product += law.B[m * k + i] * scratch.Sums[m];
            scratch.Right[i] = product;

            for (var j = 0; j < k; j++)
            {
                var sum = 0.0;
                for (var m = 0; m < k; m++)
                    sum += law.B[m * k + i] * scratch.G[m * k + j];
                scratch.A[i * k + j] = sum;
            }
        }

        for (var i = 0; i < k; i++)
            for (var j = i; j < k; j++)
            {
                var sum = 0.0;
                for (var m = 0; m < k; m++)
                    sum += scratch.A[i * k + m] * law.B[m * k + j];
                var entry = sum + scratch.Right[i] * law.a[j] + law.a[i] * scratch.Right[j] + gamma * law.a[i] * law.a[j];
                scratch.G[i * k + j] = entry;
                scratch.G[j * k + i] = entry;
            }
    }

    /// <summary>Whether the advanced state of scratch memory can be written, as <see cref="LawState.Fits"/> says.</summary>
    public static bool Fits(LawViews law, LawScratch scratch)
    {
        var k = law.UnitCount;
        if (!(scratch.Sums[k] <= LawState.GradientShare * Optimizer.Limit))
            return false;
        for (var i = 0; i < k * k; i++)
            if (!(Math.Abs(scratch.G[i]) <= Optimizer.Limit))
                return false;
        var change = 0.0;
        for (var i = 0; i < k; i++)
        {
            var coefficient = Math.Abs(law.Settings[0].LearningRate * scratch.L[i]);
            change += coefficient * Math.Sqrt(Math.Abs(scratch.G[i * k + i]));
            if (!(coefficient <= Optimizer.Limit && change <= Optimizer.Limit))
                return false;
        }

        return true;
    }
}
