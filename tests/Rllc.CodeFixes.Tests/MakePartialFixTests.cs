namespace Rllc.CodeFixes.Tests;

public sealed class MakePartialFixTests
{
    [Fact]
    public Task The_class_becomes_partial() => FixAssert.Fixes<MakePartialFix>(
        """
        [Propagator("M(0.9)")]
        public sealed class {|RLLC020:Momentum|}
        {
        }
        """,
        """
        [Propagator("M(0.9)")]
        public sealed partial class Momentum
        {
        }
        """);

    [Fact]
    public Task All_types_around_it_become_partial_in_one_go() => FixAssert.Fixes<MakePartialFix>(
        """
        static class Outer
        {
            struct Middle
            {
                [Propagator("M(0.9)")]
                sealed class {|RLLC020:{|RLLC024:{|RLLC024:Momentum|}|}|}
                {
                }
            }
        }
        """,
        """
        static partial class Outer
        {
            partial struct Middle
            {
                [Propagator("M(0.9)")]
                sealed partial class Momentum
                {
                }
            }
        }
        """,
        steps: 1);

    [Fact]
    public Task Several_classes_of_a_file_are_made_partial_at_once() => FixAssert.Fixes<MakePartialFix>(
        """
        [Propagator("M(0.9)")]
        sealed class {|RLLC020:First|} { }

        [Adam]
        sealed class {|RLLC020:Second|} { }
        """,
        """
        [Propagator("M(0.9)")]
        sealed partial class First { }

        [Adam]
        sealed partial class Second { }
        """);
}
