using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rllc.Generators.Analysis;

/// <summary>The elements of an array in an attribute, as they are written.</summary>
internal static class ArrayElements
{
    /// <summary>The expressions in order; none where the array is written in another way.</summary>
    public static IReadOnlyList<ExpressionSyntax> Of(ExpressionSyntax array) => array switch
    {
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions,
        ImplicitArrayCreationExpressionSyntax { Initializer: var initializer } => initializer.Expressions,
        CollectionExpressionSyntax collection => collection.Elements.OfType<ExpressionElementSyntax>().Select(element => element.Expression).ToList(),
        _ => [],
    };
}
