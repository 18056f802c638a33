namespace Rllc.Cuda;

/// <summary>Compiles PTX to a cubin that can be kept: the driver's linker is what hands one out.</summary>
internal static unsafe class PtxLinker
{
    /// <summary>Compiles for the current context's device.</summary>
    /// <param name="ptx">The text with its NUL.</param>
    /// <returns>The cubin, or null where the driver refuses: loading the PTX itself then shows why, or does without.</returns>
    public static byte[]? Link(ReadOnlySpan<byte> ptx)
    {
        if (DriverApi.cuLinkCreate_v2(0, null, null, out var state) != CuResult.Success)
            return null;
        try
        {
            fixed (byte* text = ptx)
                if (DriverApi.cuLinkAddData_v2(state, JitInput.Ptx, text, (nuint)ptx.Length, null, 0, null, null) != CuResult.Success)
                    return null;
            return DriverApi.cuLinkComplete(state, out var cubin, out var size) == CuResult.Success
                ? new ReadOnlySpan<byte>(cubin, checked((int)size)).ToArray()
                : null;
        }
        finally
        {
            // Nothing depends on it: the cubin has been copied.
            DriverApi.cuLinkDestroy(state);
        }
    }
}
