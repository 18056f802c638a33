namespace Rllc.Kernels.Tests;

/// <summary>Memory rules of every kind of argument, whose kernels the generator emits.</summary>
public static partial class DeclaredRules
{
    /// <summary>Units that are made afresh, hidden state and numbers of the step.</summary>
    [MemoryRule(nameof(Remember), Prepare = nameof(Prepare))]
    public sealed partial class AdamMix
    {
        private static partial void Prepare(long t, out float correction1, out float correction2)
        {
            correction1 = (float)(1 / (1 - IntegerPower.Of(0.9, t)));
            correction2 = (float)(1 / (1 - IntegerPower.Of(0.999, t)));
        }

        private static partial void Remember<T>(T g, T correction1, T correction2, out T direction, out T gradient, [Hidden] ref T m, [Hidden] ref T v)
            where T : struct, INumbers<T>
        {
            m = T.FusedMultiplyAdd(g - m, T.Create(0.1f), m);
            v = T.FusedMultiplyAdd(g * g - v, T.Create(0.001f), v);
            direction = m * correction1 / (T.Sqrt(v * correction2) + T.Create(1e-8f));
            gradient = g;
        }
    }

    /// <summary>A unit that is made from its old value.</summary>
    [MemoryRule(nameof(Remember))]
    public sealed partial class SignMomentum
    {
        private static partial void Remember<T>(T g, ref T momentum, out T sign) where T : struct, INumbers<T>
        {
            momentum = T.FusedMultiplyAdd(momentum, T.Create(0.9f), g);
            sign = T.Sign(momentum) * T.Create(0.1f);
        }
    }

    /// <summary>The functions that the others have no use for.</summary>
    [MemoryRule(nameof(Remember))]
    public sealed partial class Clamped
    {
        private static partial void Remember<T>(T g, [Hidden] ref T largest, out T clamped, ref T low) where T : struct, INumbers<T>
        {
            largest = T.Max(T.Abs(g), largest * T.Create(0.95f));
            clamped = T.Max(T.Min(g, T.Create(0.25f)), -T.Create(0.25f)) / (largest + T.Create(0.1f));
            low = T.Min(low, g) + T.Zero;
        }
    }

    /// <summary>A law that is fixed: its unit is not kept.</summary>
    [MemoryRule(nameof(Remember)), FixedLaw(1)]
    public sealed partial class Lion
    {
        private static partial void Remember<T>(T g, out T sign, [Hidden] ref T m) where T : struct, INumbers<T>
        {
            sign = T.Sign(T.FusedMultiplyAdd(g - m, T.Create(0.1f), m));
            m = T.FusedMultiplyAdd(g - m, T.Create(0.01f), m);
        }
    }
}
