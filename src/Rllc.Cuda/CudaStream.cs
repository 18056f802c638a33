namespace Rllc.Cuda;

/// <summary>A queue of work on a device, created by somebody else: what is put on it runs in that order.</summary>
/// <param name="Handle">The driver's CUstream, which is the runtime's cudaStream_t.</param>
public readonly record struct CudaStream(nint Handle)
{
    /// <summary>The legacy default stream, on which torch works unless it is told otherwise.</summary>
    public static CudaStream Default => default;
}
