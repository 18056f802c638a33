using System.Runtime.InteropServices;
using Rllc;
using Shared.Data;
using Shared.Learning;
using Shared.Report;
using Shared.Training;
using TorchResNet20.Data;
using TorchResNet20.Network;
using TorchResNet20.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchResNet20.Training;

/// <summary>Trains a ResNet-20, on the CPU or a CUDA device, and keeps its records. What it does follows from the seed.</summary>
internal sealed class ResNet20Run : IDisposable
{
    private readonly CifarSet training;
    private readonly CifarSet validation;
    private readonly int batch;
    private readonly int seed;
    private readonly Device device;
    private readonly BatchOrder order;
    private readonly ResNet20Module network;
    private readonly optim.Optimizer optimizer;
    private readonly Tensor inputs;
    private readonly byte[] labels;

    /// <exception cref="InvalidDataException">There are fewer pictures to learn from than make a batch.</exception>
    public ResNet20Run(Choice choice, CifarSet training, CifarSet validation, int batch, int seed, Device device)
    {
        if (training.Count < batch)
            throw new InvalidDataException(FormattableString.Invariant($"{training.Count} pictures to learn from, expected at least one batch of {batch}."));
        (this.training, this.validation, this.batch, this.seed, this.device) = (training, validation, batch, seed, device);
        order = new(seed, training.Count, batch);
        random.manual_seed(seed);
        // Initial parameters come from the CPU's random numbers, on whatever device they then are.
        network = new ResNet20Module().to(device);
        optimizer = choice.Create(network.named_parameters());
        inputs = zeros(batch, CifarSet.Channels, CifarSet.Side, CifarSet.Side);
        labels = new byte[batch];
        LawNames = optimizer is TorchOptimizer declared ? [.. declared.LinearMemory.Units.Select(unit => unit.Name)] : [];
    }

    /// <summary>Names of the learning law's coefficients; empty for an optimizer without a law.</summary>
    public IReadOnlyList<string> LawNames { get; }

    /// <summary>Number of parameters.</summary>
    public long ParameterCount => network.parameters().Sum(parameter => parameter.numel());

    /// <summary>
    /// Trains as far as the records are asked for. There is one at 0, at every multiple of the interval and at the end: a run stopped at
    /// a record and resumed makes the same records as one that never stopped.
    /// </summary>
    /// <param name="from">Steps taken before; a record of that state is made only where it is 0.</param>
    /// <param name="to">Steps in all.</param>
    /// <param name="interval">Steps from one record to the next.</param>
    public IEnumerable<RunRecord> Run(int from, int to, int interval)
    {
        if (from == 0)
            yield return Record(0, new());
        var sinceRecord = new BatchResult();
        for (var iteration = from + 1; iteration <= to; iteration++)
        {
            sinceRecord += Learn(iteration - 1);
            if (iteration % interval == 0 || iteration == to)
            {
                yield return Record(iteration, sinceRecord);
                sinceRecord = new();
            }
        }
    }

    /// <summary>Loss and accuracy over a whole set, normalised by the running means and deviations.</summary>
    public BatchResult Evaluate(CifarSet set)
    {
        network.eval();
        using var guard = no_grad();
        var result = new BatchResult();
        for (var first = 0; first < set.Count; first += batch)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(batch, set.Count - first);
            for (var i = 0; i < count; i++)
                CifarInputs.Write(set.Picture(first + i), Input(i));
            result += Forward(set.Labels.AsMemory(first, count)).Result;
        }

        return result;
    }

    /// <summary>Writes what <see cref="Load"/> needs; false for an optimizer of torch.optim, which keeps no checkpoint.</summary>
    public bool Save(RunDirectory directory)
    {
        if (optimizer is TorchOptimizer declared)
        {
            ResNet20Checkpoint.Save(directory, network, declared);
            return true;
        }

        // What an earlier run left there must not pass for this one's.
        File.Delete(directory.Checkpoint);
        File.Delete(directory.Network);
        return false;
    }

    /// <summary>Goes back to where a run was saved.</summary>
    /// <returns>The number of steps it had taken.</returns>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">The files do not belong together or to this optimizer, or it keeps no checkpoint.</exception>
    public long Load(RunDirectory directory) => optimizer is TorchOptimizer declared
        ? ResNet20Checkpoint.Load(directory, network, declared)
        : throw new InvalidDataException("An optimizer of torch.optim keeps no checkpoint; run it again without --resume.");

    public void Dispose()
    {
        optimizer.Dispose();
        network.Dispose();
        inputs.Dispose();
    }

    private BatchResult Learn(int iteration)
    {
        using var scope = NewDisposeScope();
        var pictures = order.Batch(iteration);
        for (var i = 0; i < batch; i++)
        {
            // A stream for each picture of the run; it wraps around after 2³² of them.
            var stream = new RandomStream(seed, RandomPurpose.Augmentation, unchecked(iteration * batch + i));
            CifarInputs.WriteAugmented(training.Picture(pictures[i]), Input(i), stream);
            labels[i] = training.Labels[pictures[i]];
        }

        network.train();
        optimizer.zero_grad();
        var (loss, result) = Forward(labels);
        loss.backward();
        optimizer.step();
        return result;
    }

    private Span<float> Input(int sample) =>
        MemoryMarshal.Cast<byte, float>(inputs.bytes).Slice(sample * CifarSet.PictureLength, CifarSet.PictureLength);

    private (Tensor Loss, BatchResult Result) Forward(ReadOnlyMemory<byte> classes)
    {
        var samples = classes.Length;
        var expected = tensor(classes.ToArray()).to(ScalarType.Int64, device);
        var scores = network.forward(inputs.narrow(0, 0, samples).to(device));
        var loss = nn.functional.cross_entropy(scores, expected);
        var correct = scores.argmax(1).eq(expected).sum().item<long>();
        return (loss, new(samples, loss.item<float>() * (double)samples, (int)correct));
    }

    private RunRecord Record(int iteration, BatchResult learnt)
    {
        var watched = Evaluate(validation);
        return new(iteration,
            learnt.Samples > 0 ? learnt.Loss : null, learnt.Samples > 0 ? learnt.Accuracy : null,
            watched.Loss, watched.Accuracy, optimizer is TorchOptimizer declared ? declared.LawCoefficients().ToArray() : []);
    }
}
