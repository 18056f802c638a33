namespace Rllc.Cuda;

/// <summary>
/// CUDA cannot be used on this machine: there is no driver library, no device, or the driver does not start. The message says
/// which, and what to do about it.
/// </summary>
public sealed class CudaUnavailableException : Exception
{
    internal CudaUnavailableException(string message, Exception? reason = null) : base(message, reason)
    {
    }
}
