namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC025Tests
{
    private const string Id = "RLLC025";

    [Fact]
    public Task The_keyword_of_a_record_is_reported() => RuleAssert.Reports(Id, """
        [Propagator("M(0.9)")]
        public sealed partial [|record|] Momentum;
        """, "Class 'Momentum' cannot be a record: its copies would share one memory");

    [Fact]
    public Task The_keyword_of_a_record_class_is_reported() => RuleAssert.Reports(Id, """
        [Propagator("M(0.9)")]
        public sealed partial [|record|] class Momentum;
        """);

    [Fact]
    public Task The_modifier_of_a_file_local_class_is_reported() => RuleAssert.Reports(Id, """
        [Propagator("M(0.9)")]
        [|file|] sealed partial class Momentum;
        """, "Class 'Momentum' cannot be file-local: the generated part is in another file");

    [Fact]
    public Task The_name_of_a_class_in_a_file_local_type_is_reported() => RuleAssert.Reports(Id, """
        file partial class Optimizers
        {
            [Propagator("M(0.9)")]
            public sealed partial class [|Momentum|];
        }
        """, "Class 'Momentum' cannot be nested in the file-local 'Optimizers': the generated part is in another file");

    [Fact]
    public Task A_class_in_a_record_is_fine() => RuleAssert.ReportsNothing("""
        partial record Training
        {
            [Propagator("M(0.9)")]
            internal sealed partial class Momentum;
        }
        """);
}
