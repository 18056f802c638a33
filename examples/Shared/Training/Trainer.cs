using Shared.Data;
using Shared.Learning;
using Shared.Report;

namespace Shared.Training;

/// <summary>Trains the paper's network: batches of 128, learning rates constant.</summary>
/// <param name="data">What to learn.</param>
/// <param name="learner">The network and its optimizer, at the iteration the training starts from.</param>
/// <param name="seed">What the order of the batches follows from.</param>
internal sealed class Trainer(DataSplit data, ILearner learner, int seed)
{
    /// <summary>Steps from one record to the next.</summary>
    public const int RecordInterval = 50;

    private readonly BatchOrder order = new(seed, data.Training.Count, DenseShape.Batch);
    private readonly byte[] labels = new byte[DenseShape.Batch];

    /// <summary>
    /// Trains as far as the records are asked for. There is one at 0, at every multiple of <see cref="RecordInterval"/> and
    /// at the end: a run stopped at a record and resumed makes the same records as one that never stopped.
    /// </summary>
    /// <param name="from">Steps taken before; a record of that state is made only where it is 0.</param>
    /// <param name="to">Steps in all.</param>
    public IEnumerable<RunRecord> Run(int from, int to)
    {
        if (from == 0)
            yield return Record(0, new());
        var sinceRecord = new BatchResult();
        for (var iteration = from + 1; iteration <= to; iteration++)
        {
            sinceRecord += Step(order.Batch(iteration - 1));
            if (iteration % RecordInterval == 0 || iteration == to)
            {
                yield return Record(iteration, sinceRecord);
                sinceRecord = new();
            }
        }
    }

    /// <summary>Loss and accuracy over a whole set.</summary>
    public BatchResult Evaluate(Dataset set)
    {
        var result = new BatchResult();
        for (var first = 0; first < set.Count; first += DenseShape.Batch)
        {
            var count = Math.Min(DenseShape.Batch, set.Count - first);
            for (var i = 0; i < count; i++)
                SetInput(i, set.Picture(first + i));
            result += learner.Evaluate(set.Labels.AsMemory(first, count));
        }

        return result;
    }

    private BatchResult Step(ReadOnlySpan<int> batch)
    {
        for (var i = 0; i < batch.Length; i++)
        {
            SetInput(i, data.Training.Picture(batch[i]));
            labels[i] = data.Training.Labels[batch[i]];
        }

        return learner.Learn(labels);
    }

    private void SetInput(int sample, ReadOnlySpan<byte> picture) =>
        data.Normalization.Apply(picture, learner.Inputs.Slice(sample * Dataset.PictureLength, Dataset.PictureLength));

    private RunRecord Record(int iteration, BatchResult training)
    {
        var validation = Evaluate(data.Validation);
        return new(iteration,
            training.Samples > 0 ? training.Loss : null, training.Samples > 0 ? training.Accuracy : null,
            validation.Loss, validation.Accuracy, learner.Law.ToArray());
    }
}
