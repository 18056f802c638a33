namespace Rllc;

/// <summary>Makes the optimizers of a device.</summary>
/// <param name="createOnCpu">Makes an optimizer of the CPU, with an empty memory.</param>
internal abstract class TensorHosts(Func<long[], TensorOptimizerOptions, TensorOptimizer> createOnCpu) : IDisposable
{
    /// <summary>Makes an optimizer of the CPU, in which a state is put together, whatever the device.</summary>
    /// <param name="lengths">The numbers of elements of the parameters that it steps.</param>
    /// <param name="options">Hyperparameters.</param>
    public TensorOptimizer CreateOnCpu(long[] lengths, TensorOptimizerOptions options) => createOnCpu(lengths, options);

    /// <summary>Makes an optimizer with an empty memory.</summary>
    /// <param name="lengths">The numbers of elements of the parameters that it steps.</param>
    /// <param name="options">Hyperparameters.</param>
    public abstract TensorHost Create(long[] lengths, TensorOptimizerOptions options);

    /// <summary>Makes an optimizer of a state.</summary>
    /// <param name="state">The state, which is the new optimizer's from then on.</param>
    public abstract TensorHost Create(TensorOptimizer state);

    /// <summary>Frees what the optimizers share, once they are disposed as well.</summary>
    public abstract void Dispose();
}
