namespace Rllc.Runtime.Tests.Spec;

/// <summary>Specs in every spelling, right and wrong: raw material for tests that damage them further.</summary>
internal static class Samples
{
    public static readonly string[] All =
    [
        "M(0.9)",
        "M(0.9) ⊕ M(0)",
        "M(0.9)+M(0.8)(+)M(0.7)",
        "slow: M(0.99) ⊕ fast: M2(0.6) ⊕ CM(0.3+0.2i)",
        "M_2( -.5 ) + M₁₂(9e-1) (+) CM_3(0.3 − 0.2i)",
        "wave: CM(-i) ⊕ i: CM2(.5i + 1e−2)",
        "\r\n\t_hidas_ääni : M ₂ ( +0.5E+0 )\r\n",
        "M(0,9); N(0.8) CM(0.3+0.2j) ⊕ ⊕ M0.9)",
        "(M(0.9) ⊕ (0.5)) + class: M17((0.5) + 1st: M^2(0.9",
        "slow fast M(+) ⊕ :: 😀: M(\ud83d) \u200b @ M2₃(1e999i)",
        "M(1) ⊕ M(1.0) ⊕ CM(0.5) ⊕ M(i) ⊕ a: M(0) ⊕ a: M9(0.1) ⊕ CM9(0.5i)",
    ];
}
