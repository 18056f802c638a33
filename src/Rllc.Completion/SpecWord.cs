using System.Collections.Immutable;

namespace Rllc.Completion;

/// <summary>A word that may be written in a spec.</summary>
/// <param name="Text">The word.</param>
/// <param name="Suffix">What is shown behind it.</param>
/// <param name="Description">What it means.</param>
/// <param name="HasArgument">Whether a number in parentheses follows it.</param>
internal sealed record SpecWord(string Text, string Suffix, string Description, bool HasArgument)
{
    /// <summary>Every propagator, of the first order and of the second, which shows how orders are written.</summary>
    public static readonly ImmutableArray<SpecWord> Propagators = ImmutableArray.Create<SpecWord>(
        new(Spec.PropagatorNames.Real, "(β)", "The momentum of an optimizer with momentum β, |β| < 1: one unit. M(0) keeps the last gradient alone.", HasArgument: true),
        new(Spec.PropagatorNames.Real + "2", "(β)", "M(β) and a second unit that sums up the first: its weights rise before they fall. Two units; M3 to M16 go on in the same way.", HasArgument: true),
        new(Spec.PropagatorNames.Complex, "(α+βi)", "A momentum that oscillates, |α+βi| < 1: its real part and minus its imaginary part. Two units.", HasArgument: true),
        new(Spec.PropagatorNames.Complex + "2", "(α+βi)", "CM(α+βi) and a second one that sums up the first. Four units; CM3 to CM8 go on in the same way.", HasArgument: true));

    /// <summary>What joins two propagators.</summary>
    public static readonly ImmutableArray<SpecWord> Joints = ImmutableArray.Create(
        new SpecWord("⊕", "", "Another propagator beside the ones before: its units join the memory.", HasArgument: false));
}
