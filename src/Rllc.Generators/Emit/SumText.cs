namespace Rllc.Generators;

/// <summary>Prints the sums of a plan from left to right, so that every product is fused with the sum before it.</summary>
internal static class SumText
{
    /// <summary>A sum as an expression.</summary>
    /// <param name="terms">Its terms.</param>
    /// <param name="addProduct">How a product joins the sum before it.</param>
    public static string Print(EquatableArray<Term> terms, Func<string, Term, string> addProduct) =>
        terms.Skip(1).Aggregate(First(terms[0]), (sum, term) => term.Operation switch
        {
            TermOperation.Add => $"{sum} + {term.Source}",
            TermOperation.Subtract => $"{sum} - {term.Source}",
            _ => addProduct(sum, term),
        });

    private static string First(Term term) => term.Operation switch
    {
        TermOperation.Add => term.Source,
        TermOperation.Subtract => $"-{term.Source}",
        _ => $"{term.Source} * {term.Coefficient}",
    };
}
