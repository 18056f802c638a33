using Shared.Report;

namespace Rllc.Examples.Tests.Report;

public sealed class RunCsvTests : IDisposable
{
    private static readonly RunRecord[] Records =
    [
        new(0, null, null, 2.302, 0.1, [1, 0]),
        new(50, 1.0 / 3, 0.5, Math.PI, 2.0 / 3, [-0.1, 1e-17]),
    ];

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void What_is_written_reads_back_exactly()
    {
        using var culture = new FinnishCulture();
        var path = directory.File("run.csv");
        RunCsv.Write(path, ["M_0_9", "M_0"], Records);

        Assert.Equivalent(Records, RunCsv.Read(path, ["M_0_9", "M_0"]), strict: true);
    }

    [Fact]
    public void The_file_has_one_column_per_coefficient_and_the_same_text_in_every_culture()
    {
        using var culture = new FinnishCulture();
        var path = directory.File("run.csv");

        RunCsv.Write(path, ["slow", "fast"], Records);

        Assert.Equal(
            "iteration,training_loss,training_accuracy,validation_loss,validation_accuracy,law_slow,law_fast\n"
            + "0,,,2.302,0.1,1,0\n"
            + "50,0.3333333333333333,0.5,3.141592653589793,0.6666666666666666,-0.1,1E-17\n",
            File.ReadAllText(path));
    }

    [Fact]
    public void The_record_of_another_optimizer_is_refused()
    {
        var path = directory.File("run.csv");
        RunCsv.Write(path, ["slow", "fast"], Records);

        var fault = Assert.Throws<InvalidDataException>(() => RunCsv.Read(path, ["M_0_9"]));

        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
        Assert.Contains("law_M_0_9", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Something_else_is_refused()
    {
        var path = directory.File("run.csv");
        File.WriteAllText(path, "iteration\nmany\n");

        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => RunCsv.Read(path, [])).Message, StringComparison.Ordinal);
    }
}
