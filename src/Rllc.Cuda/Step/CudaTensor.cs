namespace Rllc.Cuda;

/// <summary>Where a tensor of float32 is in a step: contiguous, in memory of the optimizer's device, whoever owns it.</summary>
/// <param name="Parameters">Address of θ, a CUdeviceptr, a multiple of 4; of a multiple of 16 kernels load four numbers at once.</param>
/// <param name="Gradient">Address of g, likewise; 0 where the tensor has no gradient in this step.</param>
public readonly record struct CudaTensor(ulong Parameters, ulong Gradient);
