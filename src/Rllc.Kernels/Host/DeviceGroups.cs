using ILGPU.Runtime;

namespace Rllc.Kernels;

/// <summary>How many groups of threads an accelerator of ILGPU is given, and how large they are.</summary>
internal static class DeviceGroups
{
    /// <summary>
    /// Threads of a group: on the CPU one warp, because there every thread is one of the system's, which wait for each other at
    /// every barrier.
    /// </summary>
    public static int ThreadsPerGroup(AcceleratorType type) => type == AcceleratorType.CPU ? 32 : TensorLayout.ThreadsPerGroup;

    /// <summary>Most groups of a pass: on the CPU few, because they follow each other and each has its barriers.</summary>
    public static int MostGroups(AcceleratorType type) => type == AcceleratorType.CPU ? 4 : TensorLayout.MostGroups;
}
