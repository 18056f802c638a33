using System.Collections.Immutable;

namespace Rllc.Spec;

/// <summary>What the parser makes of one spec text: the terms it could read and the faults it met.</summary>
/// <param name="Text">The text that was parsed.</param>
/// <param name="Terms">The terms in order; a term with a fault keeps whatever parts were readable.</param>
/// <param name="Diagnostics">The syntax faults in order of position.</param>
internal sealed record SpecTree(string Text, ImmutableArray<TermSyntax> Terms, ImmutableArray<SpecDiagnostic> Diagnostics);

/// <summary>One term, <c>label: M2(0.6)</c>.</summary>
/// <param name="Span">The whole term, label included.</param>
/// <param name="Label">The label before the colon, or null.</param>
/// <param name="Name">M or CM; null where it could not be read.</param>
/// <param name="Order">The block's order; null where none is written (1) or it could not be read.</param>
/// <param name="Number">The eigenvalue; null where it could not be read.</param>
internal sealed record TermSyntax(SpecSpan Span, NameSyntax? Label, NameSyntax? Name, OrderSyntax? Order, NumberSyntax? Number);

/// <summary>A label or a propagator's name.</summary>
/// <param name="Span">Its characters.</param>
/// <param name="Text">Its text.</param>
internal sealed record NameSyntax(SpecSpan Span, string Text);

/// <summary>The order of a block as written: M2, M_2 and M₂ are one.</summary>
/// <param name="Span">Its characters, the underscore included.</param>
/// <param name="Value">The order.</param>
internal sealed record OrderSyntax(SpecSpan Span, int Value);

/// <summary>A real, imaginary or complex number.</summary>
/// <param name="Span">Its characters.</param>
/// <param name="Real">The real part.</param>
/// <param name="Imaginary">The imaginary part; 0 for a real number.</param>
/// <param name="IsComplex">Whether an imaginary part is written (0.5+0i is complex, 0.5 is not).</param>
/// <param name="RealText">The real part as a C# literal in the user's own digits (<c>9e-1</c>); <c>0</c> where none is written.</param>
/// <param name="ImaginaryText">The imaginary part likewise, without the i.</param>
internal sealed record NumberSyntax(SpecSpan Span, double Real, double Imaginary, bool IsComplex, string RealText, string ImaginaryText);
