namespace Rllc.Cuda;

/// <summary>How many threads run a kernel, in one dimension.</summary>
/// <param name="Blocks">Number of blocks; at least 1.</param>
/// <param name="ThreadsPerBlock">Threads of a block: 1 to 1024, and no more than the kernel was compiled for.</param>
/// <param name="SharedBytes">Shared memory of a block in bytes, beyond what the kernel itself declares; 48 KiB with that at most.</param>
public readonly record struct LaunchShape(int Blocks, int ThreadsPerBlock, int SharedBytes = 0)
{
    /// <summary>The shape in words.</summary>
    public override string ToString() => FormattableString.Invariant($"{Blocks} × {ThreadsPerBlock} threads, {SharedBytes} bytes of shared memory");
}
