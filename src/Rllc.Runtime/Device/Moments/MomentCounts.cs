namespace Rllc;

/// <summary>What an optimizer by moments keeps between two steps beside M, on the CPU and on devices.</summary>
/// <param name="StepCount">Steps applied.</param>
/// <param name="Steps">Of each tensor, the steps in which it had a gradient.</param>
/// <param name="Keys">The priorities of its buffer's entries, tensor by tensor; empty where there is none.</param>
internal sealed record MomentCounts(long StepCount, long[] Steps, double[] Keys);
