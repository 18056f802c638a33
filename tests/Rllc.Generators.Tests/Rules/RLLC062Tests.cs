namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC062Tests
{
    private const string Id = "RLLC062";

    [Fact]
    public Task A_buffer_alone_is_reported() => RuleAssert.Reports(Id, """
        [[|CriticalMomenta(Capacity = 3)|]]
        sealed partial class AdamCM;
        """, "Class 'AdamCM' has [CriticalMomenta] but none of [Adam], [AdamW], [RmsProp] and [Sgd]: nothing fills the buffer");

    [Fact]
    public Task A_buffer_beside_a_linear_memory_is_reported() => RuleAssert.Reports(Id, """
        [Propagator("M(0.9)")]
        [[|CriticalGradients|]]
        sealed partial class Momentum;
        """, "Class 'Momentum' has [CriticalGradients] but none of [Adam], [AdamW], [RmsProp] and [Sgd]: nothing fills the buffer");

    [Theory]
    [InlineData("Adam, CriticalMomenta")]
    [InlineData("CriticalGradients, AdamW")]
    public Task A_buffer_of_an_Adam_is_fine(string attributes) => RuleAssert.ReportsNothing($$"""
        [{{attributes}}]
        sealed partial class AdamCM;
        """);

    [Fact]
    public Task Two_buffers_are_reported() => RuleAssert.Reports("RLLC061", """
        [Adam, CriticalMomenta, [|CriticalGradients|]]
        sealed partial class AdamCM;
        """, "Class 'AdamCM' has [CriticalMomenta] and [CriticalGradients]: an optimizer steps by one of them");
}
