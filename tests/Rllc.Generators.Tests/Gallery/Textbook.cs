using System.Numerics;

namespace Rllc.Generators.Tests.Gallery;

/// <summary>
/// The optimizers of the gallery as their sources have them, one parameter in float64: loops over the papers' own variables, that
/// know of no memory and no law. Each method gives the step of one run, from the gradient at a point to the next point at which a
/// gradient is taken.
/// </summary>
internal static class Textbook
{
    /// <summary>Begins a run.</summary>
    /// <param name="start">The first point.</param>
    /// <param name="η">The learning rate.</param>
    public delegate Func<double, double> Optimizer(double start, double η);

    /// <summary>The optimizers by the names that the gallery gives them.</summary>
    public static IReadOnlyDictionary<string, Optimizer> All { get; } = new Dictionary<string, Optimizer>
    {
        ["GradientDescent"] = GradientDescent,
        ["Momentum"] = (start, η) => Momentum(start, η, β: 0.9),
        ["NesterovsGradient"] = (start, η) => NesterovsGradient(start, η, β: 0.9),
        ["QuasiHyperbolicMomentum"] = (start, η) => QuasiHyperbolicMomentum(start, η, β: 0.999, ν: 0.7),
        ["AggregatedMomentum"] = (start, η) => AggregatedMomentum(start, η, β: [0, 0.9, 0.99]),
        ["ProportionalIntegralDerivative"] = (start, η) => ProportionalIntegralDerivative(start, η, β: 0.9, κ: 3),
        ["SynthesizedNesterov"] = (start, η) => SynthesizedNesterov(start, η, β1: 0.9, β2: 0.5),
        ["TripleMomentum"] = (start, η) => TripleMomentum(start, η, κ: 16),
        ["Mass"] = (start, η) => Mass(start, η, η2: η / 10, γ: 0.9),
        ["AdEmaMixNumerator"] = (start, η) => AdEmaMixNumerator(start, η, β1: 0.9, β3: 0.9999, α: 5),
        ["DoubleAverage"] = (start, η) => DoubleAverage(start, η, β: 0.9),
        ["OptimisticGradient"] = OptimisticGradient,
        ["ComplexMomentum"] = (start, η) => ComplexMomentum(start, η, β: new(0.74, 0.31), α: new(1, 0.5)),
    };

    private static Func<double, double> GradientDescent(double θ, double η) => g => θ -= η * g;

    private static Func<double, double> Momentum(double θ, double η, double β)
    {
        var v = 0.0;
        return g =>
        {
            v = β * v + g;
            return θ -= η * v;
        };
    }

    private static Func<double, double> NesterovsGradient(double x, double η, double β)
    {
        var v = 0.0;
        return g =>
        {
            v = β * v - η * g;
            x += v;
            return x + β * v;
        };
    }

    private static Func<double, double> QuasiHyperbolicMomentum(double θ, double η, double β, double ν)
    {
        var d = 0.0;
        return g =>
        {
            d = β * d + (1 - β) * g;
            return θ -= η * ((1 - ν) * g + ν * d);
        };
    }

    private static Func<double, double> AggregatedMomentum(double θ, double η, double[] β)
    {
        var v = new double[β.Length];
        return g =>
        {
            for (var i = 0; i < v.Length; i++)
                v[i] = β[i] * v[i] - g;
            return θ += η / v.Length * v.Sum();
        };
    }

    private static Func<double, double> ProportionalIntegralDerivative(double θ, double η, double β, double κ)
    {
        var (v, d, last) = (0.0, 0.0, 0.0);
        return g =>
        {
            v = β * v + g;
            d = β * d + (1 - β) * (g - last);
            last = g;
            return θ -= η * (v + κ * d);
        };
    }

    private static Func<double, double> SynthesizedNesterov(double start, double η, double β1, double β2)
    {
        var (ξ, last) = (start, start);
        return g =>
        {
            (ξ, last) = (ξ + β1 * (ξ - last) - η * g, ξ);
            return ξ + β2 * (ξ - last);
        };
    }

    private static Func<double, double> TripleMomentum(double start, double η, double κ)
    {
        var ρ = 1 - 1 / Math.Sqrt(κ);
        var β = ρ * ρ / (2 - ρ);
        var γ = ρ * ρ / ((1 + ρ) * (2 - ρ));
        var (ξ, last) = (start, start);
        return g =>
        {
            (ξ, last) = ((1 + β) * ξ - β * last - η * g, ξ);
            return (1 + γ) * ξ - γ * last;
        };
    }

    private static Func<double, double> Mass(double start, double η1, double η2, double γ)
    {
        var (u, w) = (start, start);
        return g =>
        {
            var next = u - η1 * g;
            u = (1 + γ) * next - γ * w + η2 * g;
            w = next;
            return u;
        };
    }

    private static Func<double, double> AdEmaMixNumerator(double θ, double η, double β1, double β3, double α)
    {
        var (m1, m2) = (0.0, 0.0);
        return g =>
        {
            m1 = β1 * m1 + (1 - β1) * g;
            m2 = β3 * m2 + (1 - β3) * g;
            return θ -= η * (m1 + α * m2);
        };
    }

    private static Func<double, double> DoubleAverage(double θ, double η, double β)
    {
        var (e1, e2) = (0.0, 0.0);
        return g =>
        {
            e1 = β * e1 + (1 - β) * g;
            e2 = β * e2 + (1 - β) * e1;
            return θ -= η * (2 * e1 - e2);
        };
    }

    private static Func<double, double> OptimisticGradient(double θ, double η)
    {
        var last = 0.0;
        return g =>
        {
            θ = θ - 2 * η * g + η * last;
            last = g;
            return θ;
        };
    }

    private static Func<double, double> ComplexMomentum(double θ, double η, Complex β, Complex α)
    {
        var μ = Complex.Zero;
        return g =>
        {
            μ = β * μ - g;
            return θ += η * (α * μ).Real;
        };
    }
}
