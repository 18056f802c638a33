namespace Rllc.Cuda;

/// <summary>
/// The CUDA driver has refused a call, or reports by it that work queued earlier has failed (an illegal address, say, after
/// which every call of the process fails).
/// </summary>
public sealed class CudaException : Exception
{
    /// <param name="result">What the driver returned.</param>
    /// <param name="action">What was being done, as the start of a sentence: "Loading the kernels of MomentumMix".</param>
    /// <param name="log">What else the driver said about it, or nothing.</param>
    internal CudaException(CuResult result, string action, string log = "")
        : base($"{action} failed with {result.Describe()}{(log == "" ? "" : $"{Environment.NewLine}{log}")}")
    {
        Number = (int)result;
        Name = result.Name();
    }

    /// <summary>The driver's number for the fault, a CUresult.</summary>
    public int Number { get; }

    /// <summary>The driver's name for the fault, such as CUDA_ERROR_INVALID_PTX.</summary>
    public string Name { get; }
}
