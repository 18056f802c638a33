using Rllc.Spec;

namespace Rllc.Tests;

public class ConditionNumberTests
{
    private static readonly Propagator M9 = M(0.9), M0 = M(0), Chain2 = M(0.6, 2);

    public static TheoryData<string, Propagator[], double> Known => new()
    {
        { "M(0.9) ⊕ M(0)", [M9, M0], 7 },
        { "M2(0.6)", [Chain2], 5.5 },
        { "M3(0.6)", [M(0.6, 3)], 35 },
        { "M(0.9) ⊕ M2(0.6)", [M9, Chain2], 25 },
        { "M(0.9) ⊕ M(0) ⊕ M2(0.6)", [M9, M0, Chain2], 170 },
        { "M(0.9) ⊕ M(0.8) ⊕ M(0.7)", [M9, M(0.8), M(0.7)], 866 },
        { "M(0.9) ⊕ M(-0.9) ⊕ CM(0.9i)", [M9, M(-0.9), CM(0, 0.9)], 2.8 },
        { "M(0.9) ⊕ M2(0.6) ⊕ CM(0.3+0.2i)", [M9, Chain2, CM(0.3, 0.2)], 1.3e4 },
        { "M(0.9) ⊕ M2(0.6) ⊕ CM2(0.3+0.2i)", [M9, Chain2, CM(0.3, 0.2, 2)], 3e6 },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void Condition_numbers_agree_with_an_independent_computation(string spec, Propagator[] blocks, double expected)
    {
        var memory = LinearMemory.FromPropagators([.. blocks]);
        Assert.True(Math.Abs(memory.ConditionNumber / expected - 1) < 0.08, $"{spec}: {memory.ConditionNumber}");
    }

    private static Propagator M(double real, int order = 1) => new(false, order, real, 0, null, "", "");

    private static Propagator CM(double real, double imaginary, int order = 1) => new(true, order, real, imaginary, null, "", "");
}
