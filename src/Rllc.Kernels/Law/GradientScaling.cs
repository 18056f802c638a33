namespace Rllc.Kernels;

/// <summary>Loss scale, clipping and sign of the gradient on the device, as <see cref="Optimizer"/> has them on the host.</summary>
internal static class GradientScaling
{
    /// <summary>‖g‖₂ of the raw sums: without the loss scale, before clipping.</summary>
    public static double Norm(LawViews law, LawScratch scratch) =>
        Math.Sqrt(scratch.Sums[law.UnitCount]) / law.Settings[0].LossScale;

    /// <summary>Whether c and γ are finite.</summary>
    public static bool SumsAreFinite(int k, LawScratch scratch)
    {
        for (var i = 0; i <= k; i++)
            if (!(Math.Abs(scratch.Sums[i]) <= double.MaxValue))
                return false;
        return true;
    }

    /// <summary>What a gradient of this norm is multiplied with, as <see cref="TensorOptimizerOptions.ClipFactor"/> says.</summary>
    public static double ClipFactor(double norm, double maxGradientNorm)
    {
        if (maxGradientNorm > double.MaxValue)
            return 1;
        // Not Math.Min, which loses a NaN on the device.
        var factor = maxGradientNorm / (norm + 1e-6);
        return factor >= 1 ? 1 : factor;
    }

    /// <summary>What the kernel multiplies the raw gradient with.</summary>
    public static float Scale(double clipFactor, LawViews law) =>
        (float)((law.Settings[0].Maximize != 0 ? -clipFactor : clipFactor) / law.Settings[0].LossScale);

    /// <summary>Makes c and γ those of the gradient that goes into the memory.</summary>
    public static void ScaleSums(int k, double scale, LawScratch scratch)
    {
        for (var i = 0; i <= k; i++)
            scratch.Sums[i] *= scale;
        scratch.Sums[k] *= scale;
    }
}
