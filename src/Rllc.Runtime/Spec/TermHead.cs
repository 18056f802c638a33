using System.Globalization;

namespace Rllc.Spec;

/// <summary>What stands before the argument of a propagator: <c>M</c>, <c>M2</c>, <c>CM_2</c>, <c>M₂</c>.</summary>
/// <param name="Name">The name without the order.</param>
/// <param name="Order">The order, or null where none is written or it is out of range.</param>
/// <param name="OrderFault">The characters of an order out of range.</param>
/// <param name="Text">Name and order as written.</param>
/// <param name="Start">Index of its first word.</param>
/// <param name="End">Index of the first word behind.</param>
internal sealed record TermHead(NameSyntax Name, OrderSyntax? Order, SpecSpan? OrderFault, string Text, int Start, int End)
{
    public bool IsKnown => PropagatorNames.IsKnown(Name.Text);

    /// <summary>Reads the head whose name is the identifier at an index.</summary>
    public static TermHead Parse(TokenReader reader, int at)
    {
        var span = reader.Tokens[at].Span;
        var text = reader.Text(span);
        var length = text.Length;
        while (Lexer.IsDigit(text[length - 1]))
        {
            length--;
        }

        var digits = text.Substring(length);
        if (digits.Length > 0 && length > 1 && text[length - 1] == '_')
        {
            length--;
        }

        var name = new NameSyntax(new(span.Start, length), text.Substring(0, length));
        var order = new SpecSpan(span.Start + length, text.Length - length);
        var end = at + 1;
        if (order.Length == 0 && reader.KindAt(end) == TokenKind.Subscript)
        {
            order = reader.Tokens[end++].Span;
            digits = string.Concat(reader.Text(order).Select(c => (char)(c - '₀' + '0')));
        }

        var isInRange = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is >= 1 and <= PropagatorSpec.MaxUnits;
        return new(
            name,
            isInRange ? new(order, value) : null,
            isInRange || order.Length == 0 ? null : order,
            reader.Text(reader.Span(at, end)), at, end);
    }
}
