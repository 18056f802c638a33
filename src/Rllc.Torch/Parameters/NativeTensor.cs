using System.Runtime.CompilerServices;
using TorchSharp;

namespace Rllc;

/// <summary>
/// Tensors by their native handles, through the functions that TorchSharp's own properties call: these allocate a wrapper for each
/// gradient that is looked at, which a step must not. They are internal to TorchSharp 0.107, so that a later version may lack one.
/// </summary>
internal static class NativeTensor
{
    private const string Functions = "TorchSharp.PInvoke.NativeMethods, TorchSharp";

    /// <summary>Calls each function once, so that one that is missing is found out before a step.</summary>
    /// <param name="tensor">Any tensor.</param>
    /// <param name="shape">Its shape.</param>
    /// <exception cref="NotSupportedException">This version of TorchSharp has other functions.</exception>
    public static void RequireFunctions(nint tensor, ReadOnlySpan<long> shape)
    {
        try
        {
            if (Gradient(tensor) is not 0 and var gradient)
                Release(gradient);
            _ = (HasShape(tensor, shape), Length(tensor), Type(tensor), Device(tensor));
            if (!IsSparse(tensor) && IsContiguous(tensor))
                Data(tensor);
            using var empty = torch.empty(0);
            Copy(empty.Handle, empty.Handle);
        }
        catch (Exception e) when (e is MissingMethodException or TypeLoadException)
        {
            throw new NotSupportedException(
                $"Rllc.Torch finds gradients by functions of TorchSharp 0.107 that TorchSharp {typeof(torch).Assembly.GetName().Version} does not have: use 0.107.", e);
        }
    }

    /// <summary>The handle of a tensor's gradient, to be released; 0 where it has none.</summary>
    public static nint Gradient(nint tensor) => Checked(GetGradient(null, tensor));

    /// <summary>Releases a handle.</summary>
    public static void Release(nint tensor) => Dispose(null, tensor);

    /// <summary>The address of the first element of a dense tensor; 0 where it has none.</summary>
    public static nint Data(nint tensor) => Checked(GetData(null, tensor));

    /// <summary>The number of elements.</summary>
    public static long Length(nint tensor) => GetLength(null, tensor);

    /// <summary>Whether a tensor has a shape.</summary>
    public static bool HasShape(nint tensor, ReadOnlySpan<long> shape)
    {
        if (GetRank(null, tensor) != shape.Length)
            return false;
        for (var i = 0; i < shape.Length; i++)
            if (GetSize(null, tensor, i) != shape[i])
                return false;
        return true;
    }

    /// <summary>The type of the elements.</summary>
    public static torch.ScalarType Type(nint tensor) => (torch.ScalarType)GetElementType(null, tensor);

    /// <summary>The kind of device, and which of them; −1 for the CPU.</summary>
    public static (DeviceType Type, int Index) Device(nint tensor) => ((DeviceType)GetDeviceType(null, tensor), GetDeviceIndex(null, tensor));

    /// <summary>Whether the tensor holds only some of its elements.</summary>
    public static bool IsSparse(nint tensor) => GetIsSparse(null, tensor);

    /// <summary>Whether the elements lie one after the other, in the order of their indices.</summary>
    public static bool IsContiguous(nint tensor) => GetIsContiguous(null, tensor);

    // 0 is a result, and what a function returns that has failed.
    private static nint Checked(nint result)
    {
        if (result == 0)
            torch.CheckForErrors();
        return result;
    }

    /// <summary>Copies numbers into a tensor of the same shape, in its format.</summary>
    public static void Copy(nint destination, nint source)
    {
        CopyInto(null, destination, source, false);
        torch.CheckForErrors();
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "THSTensor_grad")]
    private static extern nint GetGradient([UnsafeAccessorType(Functions)] object? functions, nint tensor);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "THSTensor_dispose")]
    private static extern void Dispose([UnsafeAccessorType(Functions)] object? functions, nint tensor);

    // The result is none: TorchSharp declares one that its native function does not return.
    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "THSTensor_copy_")]
    private static extern long CopyInto([UnsafeAccessorType(Functions)] object? functions, nint destination, nint source, bool isNonBlocking);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "THSTensor_data")]
    private static extern nint GetData([UnsafeAccessorType(Functions)] object? functions, nint tensor);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "THSTensor_numel")]
    private static extern long GetLength([UnsafeAccessorType(Functions)] object? functions, nint tensor);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "THSTensor_ndimension")]
    private static extern long GetRank([UnsafeAccessorType(Functions)] object? functions, nint tensor);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "THSTensor_size")]
    private static extern long GetSize([UnsafeAccessorType(Functions)] object? functions, nint tensor, long dimension);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "THSTensor_type")]
    private static extern sbyte GetElementType([UnsafeAccessorType(Functions)] object? functions, nint tensor);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "THSTensor_device_type")]
    private static extern int GetDeviceType([UnsafeAccessorType(Functions)] object? functions, nint tensor);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "THSTensor_device_index")]
    private static extern int GetDeviceIndex([UnsafeAccessorType(Functions)] object? functions, nint tensor);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "THSTensor_is_sparse")]
    private static extern bool GetIsSparse([UnsafeAccessorType(Functions)] object? functions, nint tensor);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "THSTensor_is_contiguous")]
    private static extern bool GetIsContiguous([UnsafeAccessorType(Functions)] object? functions, nint tensor);
}
