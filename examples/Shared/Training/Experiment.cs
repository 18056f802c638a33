using System.Diagnostics;
using Shared.Data;
using Shared.Learning;
using Shared.Optimizers;
using Shared.Report;

namespace Shared.Training;

/// <summary>How a run ended.</summary>
internal enum Outcome
{
    /// <summary>All iterations are done.</summary>
    Completed,

    /// <summary>It was told to stop, and can be resumed.</summary>
    Interrupted,

    /// <summary>The loss is no longer finite; going on is of no use.</summary>
    Diverged,
}

/// <summary>What came of a run.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Records">Its course, that before a resumption included.</param>
/// <param name="Test">The final figure; null unless the run was completed.</param>
/// <param name="Iterations">Steps taken now.</param>
/// <param name="Time">Time they took, validation included.</param>
internal sealed record ExperimentResult(Outcome Outcome, IReadOnlyList<RunRecord> Records, BatchResult? Test, int Iterations, TimeSpan Time);

/// <summary>One run: an optimizer trains the network on a data set, and can be stopped and resumed.</summary>
internal sealed class Experiment : IDisposable
{
    private readonly DataSplit data;
    private readonly ILearner learner;
    private readonly Trainer trainer;
    private readonly List<RunRecord> records = [];

    /// <exception cref="InvalidDataException">There are too few pictures to learn from.</exception>
    public Experiment(DigitsProgram program, RunSettings settings, DataSplit data, int threads)
    {
        if (data.Training.Count < DenseShape.Batch)
            throw new InvalidDataException($"{data.Name}: {data.Training.Count} pictures to learn from, expected at least one batch of {DenseShape.Batch}.");
        Optimizer = program.Find(settings.Optimizer)!;
        Settings = settings;
        this.data = data;
        learner = Optimizer.Create(settings.Seed, new(settings.LearningRate, settings.LawLearningRate ?? 0), threads);
        trainer = new(data, learner, settings.Seed);
    }

    public OptimizerChoice Optimizer { get; }

    public RunSettings Settings { get; }

    public DataSplit Data => data;

    public int ParameterCount => learner.ParameterCount;

    public IReadOnlyList<string> LawNames => learner.LawNames;

    /// <summary>Steps taken so far.</summary>
    public int Iteration => records.Count > 0 ? records[^1].Iteration : 0;

    /// <summary>Goes back to where a run was saved.</summary>
    /// <exception cref="InvalidDataException">The files do not belong together or to this optimizer.</exception>
    public void Resume(RunDirectory directory)
    {
        var checkpointed = learner as ICheckpointedLearner
            ?? throw new InvalidDataException($"{Settings.Optimizer} keeps no checkpoint; run it again without --resume.");
        records.AddRange(Resumption.Load(directory, LawNames, Settings.Iterations, () =>
        {
            checkpointed.Load(directory.Checkpoint);
            return checkpointed.StepCount;
        }));
    }

    /// <summary>Trains to the end, or to the next record after being cancelled.</summary>
    /// <param name="show">Told of every record as it is made.</param>
    /// <param name="cancellation">Tells the run to stop.</param>
    public ExperimentResult Run(Action<RunRecord> show, CancellationToken cancellation)
    {
        var start = Iteration;
        var watch = Stopwatch.StartNew();
        var outcome = Outcome.Completed;
        foreach (var record in trainer.Run(start, Settings.Iterations))
        {
            records.Add(record);
            show(record);
            if (!double.IsFinite(record.TrainingLoss ?? 0))
                outcome = Outcome.Diverged;
            else if (cancellation.IsCancellationRequested && record.Iteration > 0 && record.Iteration < Settings.Iterations)
                outcome = Outcome.Interrupted;
            if (outcome != Outcome.Completed)
                break;
        }

        var time = watch.Elapsed;
        return new(outcome, records, outcome == Outcome.Completed ? trainer.Evaluate(data.Test) : null, Iteration - start, time);
    }

    /// <summary>Writes what <see cref="Resume"/> needs; false for an optimizer that keeps no checkpoint, where the records alone are written.</summary>
    public bool Save(RunDirectory directory)
    {
        Settings.Save(directory.Settings);
        RunCsv.Write(directory.Records, LawNames, records);
        if (learner is ICheckpointedLearner checkpointed)
        {
            checkpointed.Save(directory.Checkpoint);
            return true;
        }

        // What an earlier run left there must not pass for this one's.
        File.Delete(directory.Checkpoint);
        return false;
    }

    public void Dispose() => learner.Dispose();
}
