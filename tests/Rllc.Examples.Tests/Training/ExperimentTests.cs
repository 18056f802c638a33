using Quickstart.Cli;
using Shared.Data;
using Shared.Training;

namespace Rllc.Examples.Tests.Training;

public sealed class ExperimentTests : IDisposable
{
    private static readonly DataSplit Data = StrokeDigits.Draw(1, 1300, 200, 200);
    private static readonly RunSettings Settings = new("MomentumMix", "strokes", null, 0.03, 0.003, 180, 1);
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_run_that_was_stopped_and_resumed_ends_with_the_same_bits_as_one_that_was_not()
    {
        var whole = Directory("whole");
        var parts = Directory("parts");
        var complete = Run(Settings, whole);

        var stopped = Run(Settings, parts, stopAt: 100);
        var resumed = Run(Settings, parts, resume: true);

        Assert.Equal((Outcome.Completed, 180), (complete.Outcome, complete.Iterations));
        Assert.Equal((Outcome.Interrupted, 100), (stopped.Outcome, stopped.Iterations));
        Assert.Null(stopped.Test);
        Assert.Equal((Outcome.Completed, 80), (resumed.Outcome, resumed.Iterations));
        Assert.Equal(complete.Test, resumed.Test);
        Assert.Equal(File.ReadAllText(whole.Records), File.ReadAllText(parts.Records));
        Assert.Equal(File.ReadAllBytes(whole.Checkpoint), File.ReadAllBytes(parts.Checkpoint));
    }

    [Fact]
    public void A_run_gives_the_same_bits_on_every_number_of_threads()
    {
        var (one, three) = (Directory("one"), Directory("three"));

        Run(Settings with { Iterations = 60 }, one, threads: 1);
        Run(Settings with { Iterations = 60 }, three, threads: 3);

        Assert.Equal(File.ReadAllBytes(one.Checkpoint), File.ReadAllBytes(three.Checkpoint));
        Assert.Equal(File.ReadAllText(one.Records), File.ReadAllText(three.Records));
    }

    [Fact]
    public void A_finished_run_can_be_prolonged_but_not_resumed_as_it_is()
    {
        var run = Directory("run");
        Run(Settings with { Iterations = 100 }, run);

        var fault = Assert.Throws<InvalidDataException>(() => Run(Settings with { Iterations = 100 }, run, resume: true));

        Assert.Contains("already taken 100 iterations", fault.Message, StringComparison.Ordinal);
        Assert.Equal(50, Run(Settings with { Iterations = 150 }, run, resume: true).Iterations);
    }

    [Fact]
    public void Files_of_two_runs_are_not_taken_for_one()
    {
        var run = Directory("run");
        Run(Settings with { Iterations = 50 }, run);
        var checkpoint = File.ReadAllBytes(run.Checkpoint);
        Run(Settings with { Iterations = 100 }, run);
        File.WriteAllBytes(run.Checkpoint, checkpoint);

        var fault = Assert.Throws<InvalidDataException>(() => Run(Settings, run, resume: true));

        Assert.Contains("is of iteration 50", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plain_loop_says_that_it_cannot_be_resumed_and_leaves_no_foreign_checkpoint()
    {
        var run = Directory("run");
        var settings = Settings with { Optimizer = "adam", LearningRate = 0.001, LawLearningRate = null, Iterations = 50 };
        File.WriteAllText(run.Checkpoint, "of an earlier run");
        Run(settings, run);

        Assert.False(File.Exists(run.Checkpoint));
        var fault = Assert.Throws<InvalidDataException>(() => Run(settings with { Iterations = 100 }, run, resume: true));
        Assert.Contains("adam keeps no checkpoint", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_whose_loss_is_no_longer_finite_stops()
    {
        var settings = Settings with { Optimizer = "sgd", LearningRate = 1e6, LawLearningRate = null };

        var result = Run(settings, Directory("run"));

        Assert.Equal(Outcome.Diverged, result.Outcome);
        Assert.Equal(50, result.Iterations);
    }

    [Fact]
    public void A_run_told_to_stop_before_it_starts_stops_at_its_first_record()
    {
        var run = Directory("run");

        Assert.Equal(Trainer.RecordInterval, Run(Settings, run, stopAt: 0).Iterations);
        Assert.Equal(Outcome.Completed, Run(Settings, run, resume: true).Outcome);
    }

    [Fact]
    public void Fewer_pictures_than_a_batch_are_refused()
    {
        var few = Data with { Training = Data.Training.Slice(0, 100) };

        Assert.Contains("100 pictures", Assert.Throws<InvalidDataException>(() => new Experiment(QuickstartCommand.Program, Settings, few, 1)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MomentumMix", 0.03)]
    [InlineData("LearnedMomentum", 0.03)]
    [InlineData("Triple", 0.03)]
    [InlineData("Chain", 0.03)]
    [InlineData("Cyclic", 0.03)]
    [InlineData("TwoSpeeds", 0.03)]
    [InlineData("sgd", 0.1)]
    [InlineData("momentum", 0.03)]
    [InlineData("adam", 0.001)]
    public void Every_optimizer_learns(string optimizer, double learningRate)
    {
        var settings = Settings with { Optimizer = optimizer, LearningRate = learningRate, Iterations = 200 };

        var result = Run(settings, Directory("run"));

        Assert.InRange(result.Records[^1].TrainingAccuracy!.Value, 0.6, 1);
        Assert.True(result.Records[^1].TrainingLoss < 0.5 * result.Records[1].TrainingLoss);
    }

    [Fact]
    public void The_law_starts_at_the_first_unit_and_moves()
    {
        var records = Run(Settings, Directory("run")).Records;

        Assert.Equal([1, 0], records[0].Law);
        Assert.NotEqual(records[0].Law, records[^1].Law);
    }

    private RunDirectory Directory(string name) => new(System.IO.Directory.CreateDirectory(directory.File(name)).FullName);

    private static ExperimentResult Run(
        RunSettings settings, RunDirectory directory, bool resume = false, int? stopAt = null, int threads = 0)
    {
        using var experiment = new Experiment(QuickstartCommand.Program, settings, Data, threads);
        if (resume)
            experiment.Resume(directory);
        using var stop = new CancellationTokenSource();
        var result = experiment.Run(
            record =>
            {
                if (record.Iteration == stopAt)
                    stop.Cancel();
            },
            stop.Token);
        experiment.Save(directory);
        return result;
    }
}
