namespace Rllc.Cuda;

/// <summary>CUdevice_attribute, as far as it is asked for.</summary>
internal enum DeviceAttribute
{
    MultiprocessorCount = 16,
    ComputeCapabilityMajor = 75,
    ComputeCapabilityMinor = 76,
}

/// <summary>CUevent_flags.</summary>
[Flags]
internal enum EventFlags : uint
{
    DisableTiming = 2,
}

/// <summary>CUjit_option, as far as it is used.</summary>
internal enum JitOption
{
    InfoLogBuffer = 3,
    InfoLogBufferSizeBytes = 4,
    ErrorLogBuffer = 5,
    ErrorLogBufferSizeBytes = 6,
}

/// <summary>CUjitInputType, as far as it is used.</summary>
internal enum JitInput
{
    Ptx = 1,
}
