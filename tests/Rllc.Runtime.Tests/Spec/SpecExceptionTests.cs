using Rllc.Spec;

namespace Rllc.Runtime.Tests.Spec;

public sealed class SpecExceptionTests
{
    [Fact]
    public void The_message_marks_the_characters_at_fault()
    {
        var exception = Assert.Throws<SpecException>(() => PropagatorSpec.Parse("M(0.9) ⊕ MM(0.8)"));

        Assert.Equal(
            """
            RLLC002: 'MM' is not a propagator; did you mean 'M'?
                M(0.9) ⊕ MM(0.8)
                         ^^
            """,
            exception.Message,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Every_error_is_in_the_message_below_its_own_text_and_line()
    {
        var exception = Assert.Throws<SpecException>(() => PropagatorSpec.Parse("M(1) ⊕ M(1.5)", "M(0.9) ⊕\r\n\tCM(0.3,\r\n0.2)", ""));

        Assert.Equal(
            """
            RLLC012: The memory grows without bound, the absolute value of '1.5' is 1.5 and must be below 1
                M(1) ⊕ M(1.5)
                         ^^^
            RLLC003: '0.3,  0.2' is not a finite number
                →CM(0.3,
                →   ^^^^
            RLLC006: The spec is empty
                
                ^
            """.Replace('→', '\t'),
            exception.Message,
            ignoreLineEndingDifferences: true);
        Assert.Equal(["RLLC013", "RLLC012", "RLLC003", "RLLC006"], exception.Diagnostics.Select(fault => fault.Rule.Id));
        Assert.Equal([0, 0, 1, 2], exception.Diagnostics.Select(fault => fault.Source));
    }

    [Fact]
    public void Warnings_do_not_keep_a_spec_from_being_read()
    {
        Assert.Equal("M(1)", PropagatorSpec.Parse("M(1)").ToString());
    }

    [Fact]
    public void A_memory_without_any_text_is_refused()
    {
        Assert.Throws<ArgumentException>(() => PropagatorSpec.Parse());
    }

    [Fact]
    public void Faults_between_texts_are_located_in_the_later_one()
    {
        var fault = Assert.Single(PropagatorSpec.Analyze("M(0.9)", "M(0) ⊕ slow: M(0.9)").Diagnostics);

        Assert.Equal((SpecRules.RepeatedEigenvalue, 1, new SpecSpan(13, 6)), (fault.Rule, fault.Source, fault.Span));
        Assert.EndsWith("write one block 'M2(0.9)' in place of both", fault.Message);
    }

    [Fact]
    public void Of_many_errors_the_message_has_the_first_and_the_diagnostics_have_all()
    {
        var thrown = Assert.Throws<SpecException>(() => PropagatorSpec.Parse(new string('+', 50)));
        Assert.Equal(20, thrown.Message.Split("RLLC006").Length - 1);
        Assert.EndsWith("\nand 30 more", thrown.Message);
        Assert.Equal(50, thrown.Diagnostics.Length);
    }
}
