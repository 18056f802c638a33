using Rllc.Cuda;

namespace Rllc;

/// <summary>Makes optimizers of parameters on a CUDA device, in torch's context there.</summary>
/// <param name="device">The device, which is disposed along.</param>
/// <param name="createOnCpu">Makes an optimizer of the CPU, with an empty memory.</param>
internal abstract class CudaHosts(CudaDevice device, Func<long[], TensorOptimizerOptions, TensorOptimizer> createOnCpu) : TensorHosts(createOnCpu)
{
    /// <inheritdoc/>
    public sealed override TensorHost Create(long[] lengths, TensorOptimizerOptions options) => NewHost(lengths, options, state: null);

    /// <inheritdoc/>
    public sealed override TensorHost Create(TensorOptimizer state)
    {
        var host = NewHost(state.Lengths.ToArray(), state.CommonOptions, state);
        state.Dispose();
        return host;
    }

    /// <inheritdoc/>
    public sealed override void Dispose() => device.Dispose();

    /// <summary>Makes an optimizer.</summary>
    /// <param name="lengths">The numbers of elements of the parameters that it steps.</param>
    /// <param name="options">Hyperparameters.</param>
    /// <param name="state">What it is to take over; null for an empty memory.</param>
    private protected abstract TensorHost NewHost(long[] lengths, TensorOptimizerOptions options, TensorOptimizer? state);

    /// <summary>Has an optimizer take over a state; where it fails, the optimizer is disposed.</summary>
    private protected static T WithState<T>(T optimizer, TensorOptimizer? state) where T : CudaTensorOptimizer
    {
        try
        {
            if (state is not null)
                optimizer.CopyFrom(state, CudaStream.Default);
            return optimizer;
        }
        catch
        {
            optimizer.Dispose();
            throw;
        }
    }
}
