using Rllc;
using Shared.Training;
using TorchResNet20.Network;

namespace TorchResNet20.Training;

/// <summary>
/// What a run goes on from: the network as TorchSharp saves it, with the running means and variances of its normalisation, which no
/// optimizer knows of, and the optimizer's checkpoint.
/// </summary>
internal static class ResNet20Checkpoint
{
    public static void Save(RunDirectory directory, ResNet20Module network, TorchOptimizer optimizer)
    {
        network.save(directory.Network);
        optimizer.save_checkpoint(directory.Checkpoint);
    }

    /// <returns>The number of steps it was taken after.</returns>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">The files are not of this network and optimizer, or not of one step.</exception>
    public static long Load(RunDirectory directory, ResNet20Module network, TorchOptimizer optimizer)
    {
        Load(directory.Network, network);
        optimizer.load_checkpoint(directory.Checkpoint);
        var batches = network.BatchesSeen;
        return batches == optimizer.StepCount
            ? batches
            : throw new InvalidDataException(FormattableString.Invariant($"{directory.Checkpoint} is of iteration {optimizer.StepCount}, but {directory.Network} of {batches}: they are not of one run."));
    }

    private static void Load(string path, ResNet20Module network)
    {
        try
        {
            network.load(path);
        }
        // What TorchSharp throws depends on where the file is damaged.
        catch (Exception fault) when (fault is ArgumentException or FormatException or EndOfStreamException)
        {
            throw new InvalidDataException($"{path}: not the state of this network, or damaged ({fault.Message.Split('\n')[0].TrimEnd()})", fault);
        }
    }
}
