namespace Rllc;

/// <summary>Makes the optimizers of a device.</summary>
/// <param name="createOnCpu">Makes an optimizer of the CPU, with an empty memory.</param>
internal abstract class LawHosts(Func<long[], OptimizerOptions, Optimizer> createOnCpu) : IDisposable
{
    /// <summary>Makes an optimizer of the CPU, in which a state is put together, whatever the device.</summary>
    /// <param name="lengths">The numbers of elements of the parameters that share its law.</param>
    /// <param name="options">Hyperparameters.</param>
    public Optimizer CreateOnCpu(long[] lengths, OptimizerOptions options) => createOnCpu(lengths, options);

    /// <summary>Makes an optimizer with an empty memory.</summary>
    /// <param name="lengths">The numbers of elements of the parameters that share its law.</param>
    /// <param name="options">Hyperparameters.</param>
    public abstract LawHost Create(long[] lengths, OptimizerOptions options);

    /// <summary>Makes an optimizer of a state.</summary>
    /// <param name="state">The state, which is the new optimizer's from then on.</param>
    public abstract LawHost Create(Optimizer state);

    /// <summary>Frees what the optimizers share, once they are disposed as well.</summary>
    public abstract void Dispose();
}
