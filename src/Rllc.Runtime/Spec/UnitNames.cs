using System.Collections.Immutable;
using System.Globalization;

namespace Rllc.Spec;

/// <summary>Names the units of a memory: properties of the emitted law, tensors of a checkpoint.</summary>
internal static class UnitNames
{
    /// <summary>The names of a block's units, in the order of its columns.</summary>
    public static ImmutableArray<string> Of(Propagator propagator)
    {
        var block = propagator.Label ?? $"{SpecPrinter.Name(propagator)}_{Words(propagator)}";
        var positions = propagator.Order == 1
            ? [block]
            : Enumerable.Range(1, propagator.Order).Select(i => $"{block}_{i.ToString(CultureInfo.InvariantCulture)}");
        return (propagator.IsComplex ? positions.SelectMany(name => new[] { name + "_Re", name + "_Im" }) : positions).ToImmutableArray();
    }

    /// <summary>The eigenvalue as part of an identifier: 0.3-0.2i is 0_3_minus_0_2i.</summary>
    private static string Words(Propagator propagator)
    {
        var argument = SpecPrinter.Argument(propagator).Replace("e-", "e_neg_").Replace('.', '_').Replace("+", "_plus_");
        return (argument[0] == '-' ? "neg_" + argument.Substring(1) : argument).Replace("-", "_minus_");
    }
}
