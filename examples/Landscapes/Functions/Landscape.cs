namespace Landscapes.Functions;

/// <summary>A function to be minimised, of one or two variables.</summary>
internal abstract class Landscape
{
    /// <summary>What it is called.</summary>
    public abstract string Name { get; }

    /// <summary>Its formula.</summary>
    public abstract string Formula { get; }

    /// <summary>What is shown of it, from low to high, and where starts are drawn from; one range for each variable.</summary>
    public abstract IReadOnlyList<(double Low, double High)> Window { get; }

    /// <summary>Where trajectories begin.</summary>
    public abstract IReadOnlyList<double> Start { get; }

    /// <summary>The global minimum.</summary>
    public abstract IReadOnlyList<double> Minimum { get; }

    /// <summary>The value at a point.</summary>
    public abstract double Value(ReadOnlySpan<double> x);

    /// <summary>The gradient at a point.</summary>
    public abstract void Gradient(ReadOnlySpan<double> x, Span<double> gradient);

    /// <summary>How far a point is from the global minimum.</summary>
    public double Distance(ReadOnlySpan<double> x)
    {
        var square = 0.0;
        for (var i = 0; i < x.Length; i++)
            square += (x[i] - Minimum[i]) * (x[i] - Minimum[i]);
        return Math.Sqrt(square);
    }
}
