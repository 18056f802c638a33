namespace Rllc.Tests;

/// <summary>Memories that many tests share, each named by its spec.</summary>
public static class Memories
{
    private static readonly string[] Specs =
    [
        "M(0)", "M(0.9)", "M(-0.9)", "M2(0)", "M(0.9) ⊕ M(0)", "M(0.9) ⊕ M(0.8) ⊕ M(0.7)", "M2(0.6)", "M3(0.6)", "M(0.9) ⊕ M2(0.6)",
        "M(0.9) ⊕ M(0) ⊕ M2(0.6)", "CM(0.9i)", "CM2(0.3+0.2i)", "M(0.9) ⊕ M(-0.9) ⊕ CM(0.9i)",
        "M(0.9) ⊕ M2(0.6) ⊕ CM(0.3+0.2i)", "M(0.99) ⊕ CM3(-0.5-0.4i)",
    ];

    public static TheoryData<string> All => [.. Specs];
}
