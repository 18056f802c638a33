using ILGPU;

namespace Rllc.Kernels;

/// <summary>What one step of the law works on: in shared memory, and not committed before the step is known to be applied.</summary>
internal struct LawScratch
{
    /// <summary>c, γ and, where due, the entries of G on and above the diagonal.</summary>
    public ArrayView<double> Sums;

    /// <summary>The law of this step.</summary>
    public ArrayView<double> L;

    /// <summary>The Gram matrix: before <see cref="LawUpdate.Advance"/> that of the old memory, then that of the new one.</summary>
    public ArrayView<double> G;

    /// <summary>The correction r·G⁺c.</summary>
    public ArrayView<double> Correction;

    /// <summary>A k×k matrix: the one that is factorised, then BᵀG.</summary>
    public ArrayView<double> A;

    /// <summary>k numbers: the right side that elimination works on, then Bᵀc.</summary>
    public ArrayView<double> Right;

    /// <summary>The diagonal that the pivots are compared with.</summary>
    public ArrayView<double> Diagonal;

    /// <summary>The order of the pivots.</summary>
    public ArrayView<int> Order;
}
