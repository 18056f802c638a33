using ILGPU;

namespace Rllc.Kernels;

/// <summary>The device memory of one learning law: what its kernels read and write. Matrices are row by row.</summary>
internal struct LawViews
{
    /// <summary>The most units that the kernels have scratch memory for.</summary>
    public const int MostUnits = DeviceLayout.MostUnits;

    /// <summary>The most numbers that a pass sums: <see cref="SumCount"/> of as many units.</summary>
    public const int MostSums = MostUnits + 1 + MostUnits * (MostUnits + 1) / 2;

    /// <summary>Of a linear memory, and of no other, the propagation matrix with the coefficients that the kernels of the memory really use, k×k.</summary>
    public ArrayView<double> B;

    /// <summary>The input vector, likewise, of k entries.</summary>
    public ArrayView<double> a;

    /// <summary>A linear memory's <see cref="LinearMemory.S"/>, k×k.</summary>
    public ArrayView<double> S;

    /// <summary>S⁻¹, k×k.</summary>
    public ArrayView<double> InverseS;

    /// <summary>The law, k coefficients.</summary>
    public ArrayView<double> L;

    /// <summary>The Gram matrix MᵀM, k×k.</summary>
    public ArrayView<double> G;

    /// <summary>Delayed timing's correction from the last step, still without c₂; k coefficients.</summary>
    public ArrayView<double> Pending;

    /// <summary>The options, one element.</summary>
    public ArrayView<LawSettings> Settings;

    /// <summary>The counters, one element.</summary>
    public ArrayView<LawCounters> Counters;

    /// <summary>Result: the step's factors, one element.</summary>
    public ArrayView<StepFactors> Factors;

    /// <summary>Result: −c₁·L, k coefficients.</summary>
    public ArrayView<float> StepLaw;

    /// <summary>k.</summary>
    public readonly int UnitCount => L.IntLength;

    /// <summary>Whether G goes on without a look at the memory, as it does where that is linear.</summary>
    public readonly bool HasRecurrence => a.Length > 0;

    /// <summary>How many numbers a pass sums: c, γ and the pairs of the exact Gram matrix.</summary>
    public readonly int SumCount => UnitCount + 1 + UnitCount * (UnitCount + 1) / 2;

    /// <summary>
    /// Whether the coming step computes G from the memory. The kernel that sums over the memory asks the same: as long as
    /// nothing is committed, both get the same answer.
    /// </summary>
    public readonly bool GramIsDue
    {
        get
        {
            var step = Counters[0].Step;
            return !HasRecurrence || Counters[0].GramRequested != 0 || Settings[0].SomeHaveNoGradient != 0 || (step > 0 && step % Settings[0].GramInterval == 0);
        }
    }
}
