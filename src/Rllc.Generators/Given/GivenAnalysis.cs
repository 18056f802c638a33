using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Rllc.Spec;

namespace Rllc.Generators;

/// <summary>All that there is to say about a memory that is declared by its matrices.</summary>
internal sealed class GivenAnalysis
{
    /// <summary>How much the weights of past gradients may be off, relative: what float32 does to them anyway.</summary>
    private const double MostWeightError = 1e-7;

    private GivenAnalysis(ImmutableArray<GivenFault> faults, DeclaredMemory? memory = null) => (Faults, Memory) = (faults, memory);

    /// <summary>Every broken rule, and last what the memory is reduced to.</summary>
    public ImmutableArray<GivenFault> Faults { get; }

    /// <summary>What it is reduced to; null exactly where a broken rule is an error.</summary>
    public DeclaredMemory? Memory { get; }

    /// <summary>Checks a memory and reduces it.</summary>
    public static GivenAnalysis Of(GivenMemory given)
    {
        var faults = CheckEntries(given).ToImmutableArray();
        return faults.IsEmpty ? Reduce(SquareMatrix.FromRowMajor(given.a.Count, given.B.ToArray()), given.a.ToImmutableArray()) : new(faults);
    }

    private static IEnumerable<GivenFault> CheckEntries(GivenMemory given)
    {
        var size = (int)Math.Round(Math.Sqrt(given.B.Count));
        if (size == 0 || size * size != given.B.Count)
            yield return new(GivenMemoryRules.NotSquare, GivenPlace.B, null, Text(given.B.Count));
        else if (size > PropagatorSpec.MaxUnits)
            yield return new(SpecRules.TooManyUnits, GivenPlace.B, null, Text(size), Text(PropagatorSpec.MaxUnits));
        else if (given.a.Count != size)
            yield return new(GivenMemoryRules.InputLength, GivenPlace.a, null, Text(given.a.Count), Text(size));
        else if (given.a.All(entry => entry == 0))
            yield return new(GivenMemoryRules.NoInput, GivenPlace.a, null);

        foreach (var (place, entries) in new[] { (GivenPlace.B, given.B), (GivenPlace.a, given.a) })
        {
            for (var i = 0; i < entries.Count; i++)
            {
                if (double.IsNaN(entries[i]) || double.IsInfinity(entries[i]))
                    yield return new(GivenMemoryRules.NotFinite, place, i, $"{place}[{Text(i)}]", entries[i].ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    private static GivenAnalysis Reduce(SquareMatrix B, ImmutableArray<double> a)
    {
        if (MemoryReduction.Of(B, a) is not { } reduction)
            return NotReducible("its eigenvalues cannot be computed");

        var analysis = PropagatorSpec.Analyze(reduction.Spec);
        var faults = analysis.Diagnostics
            .Select(diagnostic => new GivenFault(diagnostic.Rule, GivenPlace.B, null, [.. diagnostic.Arguments]))
            .Concat(CheckReduction(reduction, a.Length))
            .ToImmutableArray();
        var error = reduction.WeightError(B, a);
        if (error > MostWeightError || (analysis.Spec is not null && double.IsNaN(error)))
            return NotReducible("it depends so much on the last digits of B that rounding changes what its units remember");
        if (analysis.Spec is null)
            return new(faults);

        return new(faults.Add(new(GivenMemoryRules.ReducedTo, GivenPlace.Name, null, reduction.Spec)), new(analysis.Spec, reduction));
    }

    private static IEnumerable<GivenFault> CheckReduction(MemoryReduction reduction, int size)
    {
        if (!reduction.DroppedEigenvalues.IsEmpty)
        {
            var reached = reduction.Blocks.Sum(block => block.UnitCount);
            yield return new(GivenMemoryRules.NotControllable, GivenPlace.a, null, Text(reached), Text(size), List(reduction.DroppedEigenvalues));
        }

        foreach (var group in reduction.NearlyEqual)
        {
            var values = group.Given.SelectMany(eigenvalue =>
                eigenvalue.IsPair ? new[] { eigenvalue.Value, Complex.Conjugate(eigenvalue.Value) } : [eigenvalue.Value]);
            yield return new(GivenMemoryRules.NearlyEqual, GivenPlace.B, null, List(values), SpecPrinter.Print(group.Merged.ToPropagator()));
        }
    }

    private static GivenAnalysis NotReducible(string reason) =>
        new(ImmutableArray.Create(new GivenFault(GivenMemoryRules.NotReducible, GivenPlace.B, null, reason)));

    private static string List(IEnumerable<Complex> values) => string.Join(", ", values
        .OrderByDescending(value => value.Real)
        .ThenByDescending(value => value.Imaginary)
        .Select(Text)
        .Distinct());

    // As many digits as tell nearly equal ones apart.
    private static string Text(Complex value)
    {
        var (real, imaginary) = (ShortestDigits.Within(value.Real, 1e-10), ShortestDigits.Within(value.Imaginary, 1e-10));
        return imaginary == 0
            ? SpecPrinter.Print(real)
            : SpecPrinter.Print(real) + (imaginary < 0 ? "" : "+") + SpecPrinter.Print(imaginary) + "i";
    }

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
