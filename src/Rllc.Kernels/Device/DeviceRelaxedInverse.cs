namespace Rllc.Kernels;

/// <summary><see cref="RelaxedInverse"/> on the device, by one thread.</summary>
internal static class DeviceRelaxedInverse
{
    /// <summary>Computes δ = G⁺c into the scratch memory's correction; 0 where G is 0.</summary>
    /// <param name="law">The law, for its relaxation.</param>
    /// <param name="scratch">Its G and the c among its sums are what δ is computed from.</param>
    public static void Apply(LawViews law, LawScratch scratch)
    {
        var k = law.UnitCount;
        var trace = 0.0;
        for (var i = 0; i < k; i++)
        {
            trace += scratch.G[i * k + i];
            scratch.Correction[i] = 0;
        }

        if (trace == 0)
            return;
        for (var i = 0; i < k * k; i++)
            scratch.A[i] = scratch.G[i];
        var relaxation = law.Settings[0].Relaxation;
        var epsilon = law.Settings[0].Epsilon;
        if (relaxation == (int)Relaxation.Invariant && law.HasRecurrence)
            AddS(epsilon, law, scratch);
        else if (relaxation == (int)Relaxation.Invariant)
            ScaleDiagonal(1 + epsilon, k, scratch);
        else
            AddToDiagonal(relaxation == (int)Relaxation.Trace ? epsilon * trace / k : epsilon, k, scratch);
        DeviceLdl.Solve(k, scratch.Sums, scratch.Correction, scratch);
    }

    private static void AddS(double epsilon, LawViews law, LawScratch scratch)
    {
        // τ = tr(S⁻¹G)/k: both matrices are symmetric, so the trace of the product is the sum over the entries.
        var k = law.UnitCount;
        var sum = 0.0;
        for (var i = 0; i < k * k; i++)
            sum += law.InverseS[i] * scratch.A[i];
        var scale = epsilon * sum / k;
        for (var i = 0; i < k * k; i++)
            scratch.A[i] += scale * law.S[i];
    }

    // diag(G) in place of S, with which τ is 1.
    private static void ScaleDiagonal(double factor, int k, LawScratch scratch)
    {
        for (var i = 0; i < k; i++)
            scratch.A[i * k + i] *= factor;
    }

    private static void AddToDiagonal(double shift, int k, LawScratch scratch)
    {
        for (var i = 0; i < k; i++)
            scratch.A[i * k + i] += shift;
    }
}
