namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC026Tests
{
    private const string Id = "RLLC026";

    [Fact]
    public Task A_base_that_is_no_host_is_reported() => RuleAssert.Reports(Id, """
        [Propagator("M(0.9)")]
        sealed partial class Momentum : [|Model|];

        class Model;
        """, "Class 'Momentum' cannot derive from 'Model': leave the base out, or derive from Optimizer or TorchOptimizer");

    [Fact]
    public Task A_host_of_the_same_name_from_elsewhere_is_reported() => RuleAssert.Reports(Id, """
        [Propagator("M(0.9)")]
        sealed partial class Momentum : [|Other.Optimizer|], System.IDisposable
        {
            public void Dispose() { }
        }

        namespace Other
        {
            class Optimizer;
        }
        """);

    [Theory]
    [InlineData("MomentOptimizer", "")]
    [InlineData("TorchMomentOptimizer", "")]
    [InlineData("TorchMomentOptimizer", "namespace Rllc { public abstract class TorchMomentOptimizer; }")]
    public Task Bases_that_step_by_Adam_are_reported_whether_their_package_is_referenced_or_not(string host, string package) => RuleAssert.Reports(Id, $$"""
        [Propagator("M(0.9)")]
        sealed partial class Momentum : [|{{host}}|];

        {{package}}
        """, $"Class 'Momentum' cannot derive from '{host}': leave the base out, or derive from Optimizer or TorchOptimizer");

    [Fact]
    public Task The_base_may_be_on_another_part() => RuleAssert.Reports(Id, """
        [Propagator("M(0.9)")]
        sealed partial class Momentum : System.ICloneable
        {
            public object Clone() => this;
        }

        sealed partial class Momentum : [|global::Model|];

        class Model;
        """);

    [Fact]
    public Task A_base_behind_an_alias_is_reported() => RuleAssert.Reports(Id, """
        using Parent = Model;

        [Propagator("M(0.9)")]
        sealed partial class Momentum : [|Parent|];

        class Model;
        """);

    [Fact]
    public Task Interfaces_are_no_base() => RuleAssert.ReportsNothing("""
        [Propagator("M(0.9)")]
        sealed partial class Momentum : System.ICloneable
        {
            public object Clone() => this;
        }
        """);

    [Theory]
    [InlineData("Optimizer")]
    [InlineData("Rllc.Optimizer")]
    [InlineData("global::Rllc.Optimizer")]
    public Task The_span_host_may_be_written_out(string host) => RuleAssert.ReportsNothing($$"""
        [Propagator("M(0.9)")]
        sealed partial class Momentum : {{host}};
        """);

    [Fact]
    public Task The_torch_host_is_fine() => RuleAssert.ReportsNothing("""
        [Propagator("M(0.9)")]
        sealed partial class Momentum : TorchOptimizer;

        namespace Rllc
        {
            public abstract class TorchOptimizer;
        }
        """);

    [Fact]
    public Task A_torch_host_from_elsewhere_is_reported() => RuleAssert.Reports(Id, """
        [Propagator("M(0.9)")]
        sealed partial class Momentum : [|Other.TorchOptimizer|];

        namespace Other
        {
            public abstract class TorchOptimizer;
        }
        """);

    [Fact]
    public Task A_base_that_the_compiler_does_not_know_is_left_to_the_compiler() => RuleAssert.ReportsNothing("""
        [Propagator("M(0.9)")]
        sealed partial class Momentum : Optimiser;
        """);
}
