using System.Runtime.InteropServices;

namespace Rllc.Cuda;

/// <summary>What every function of the driver returns; only the values that are treated apart have a name here.</summary>
internal enum CuResult
{
    Success = 0,
    NoDevice = 100,
}

internal static class CuResultExtensions
{
    /// <summary>Throws unless the call has succeeded.</summary>
    /// <param name="result">What the driver returned.</param>
    /// <param name="action">What was being done, as the start of a sentence.</param>
    public static void Check(this CuResult result, string action)
    {
        if (result != CuResult.Success)
            throw new CudaException(result, action);
    }

    /// <summary>The driver's name, or a made-up one for a number that the driver does not know.</summary>
    public static string Name(this CuResult result) =>
        DriverApi.cuGetErrorName(result, out var name) == CuResult.Success ? Marshal.PtrToStringUTF8(name)! : $"CUDA_ERROR_{(int)result}";

    /// <summary>Name, number and the driver's explanation.</summary>
    public static string Describe(this CuResult result)
    {
        var head = $"{result.Name()} ({(int)result})";
        return DriverApi.cuGetErrorString(result, out var text) == CuResult.Success ? $"{head}: {Marshal.PtrToStringUTF8(text)}" : head;
    }
}
