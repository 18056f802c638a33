namespace Rllc;

/// <summary>
/// What every optimizer on the CPU has in common: tensors divided into chunks, a memory of some units for each parameter (outside the
/// managed heap), threads with the same bits for every number of them, groups with rates of their own, clipping, loss scale,
/// skipped steps, checkpoints. <see cref="Optimizer"/> steps by a linear memory and its law, <see cref="MomentOptimizer"/> by the
/// formula of Adam. Instances are not thread-safe; concurrent use is refused.
/// </summary>
public abstract partial class TensorOptimizer : IDisposable
{
    // Fewer parameters are not worth waking another thread for.
    private const int ParametersPerThread = 1 << 16;

    private readonly Partition _partition;
    private readonly TensorAddresses _tensors;
    private readonly TiledMemory _M;
    private readonly ForkJoin _workers;
    private ExclusiveUse _use;

    /// <summary>Allocates the memory, all zeros.</summary>
    /// <param name="unitCount">Numbers that are kept for each parameter.</param>
    /// <param name="lengths">The tensors' numbers of parameters, each at least 0.</param>
    /// <param name="options">Validated options.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative, or they are more than 2⁴⁰ together.</exception>
    private protected TensorOptimizer(int unitCount, ReadOnlySpan<long> lengths, TensorOptimizerOptions options)
    {
        CommonOptions = options;
        _partition = new Partition(lengths);
        _tensors = new TensorAddresses(lengths);
        _M = new TiledMemory(unitCount, _partition.Rows, options.MemoryFormat);
        _workers = new ForkJoin(WorkerCount(options.Threads, _partition));
        _job = Work;
        _squareSums = new SquareSums(this);
        _groupOfTensor = new int[lengths.Length];
        _groups = NewGroups(count: 1);
    }

    /// <summary>n, the number of parameters of all tensors.</summary>
    public long Length => _partition.Length;

    /// <summary>The tensors' numbers of parameters.</summary>
    public ReadOnlySpan<long> Lengths => _partition.Lengths;

    /// <summary>Number of steps applied so far; skipped ones do not count.</summary>
    public abstract long StepCount { get; }

    /// <inheritdoc cref="TensorOptimizerOptions.MemoryFormat"/>
    public MemoryFormat MemoryFormat => _M.Format;

    /// <inheritdoc cref="TensorOptimizerOptions.LearningRate"/>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double LearningRate
    {
        get => CommonOptions.LearningRate;
        set
        {
            CommonOptions = CommonOptions with { LearningRate = OptimizerOptionsValidation.AtLeastZero(value, nameof(LearningRate)) };
            foreach (var group in _groups)
                group.LearningRate = value;
        }
    }

    /// <inheritdoc cref="TensorOptimizerOptions.LossScale"/>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0, or not finite.</exception>
    public double LossScale
    {
        get => CommonOptions.LossScale;
        set => CommonOptions = CommonOptions with { LossScale = OptimizerOptionsValidation.AboveZero(value, nameof(LossScale)) };
    }

    /// <summary>Whether the objective is maximised.</summary>
    internal bool Maximizes => CommonOptions.Maximize;

    /// <summary>The options in force: of the type that the optimizer was made with.</summary>
    internal TensorOptimizerOptions CommonOptions { get; private protected set; }

    /// <summary>Number of chunks that the tensors are divided into.</summary>
    private protected int ChunkCount => _partition.Chunks.Length;

    /// <summary>Whether every tensor that has elements has a gradient in this step.</summary>
    private protected bool AllHaveGradients => _tensors.AllHaveGradients;

    /// <summary>Whether a tensor has a gradient in this step.</summary>
    private protected unsafe bool HasGradient(int tensor) => _tensors.Gradient(tensor) is not null;

    /// <summary>Copies one column of M, all tensors one after the other.</summary>
    /// <param name="unit">0 to k − 1.</param>
    /// <param name="destination">n elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit.</exception>
    /// <exception cref="ArgumentException">The destination's length is not n.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    public void CopyUnit(int unit, Span<float> destination)
    {
        using var use = Enter();
        TensorArguments.CheckUnit(_M.UnitCount, unit);
        TensorArguments.CheckAll(Length, destination.Length, "span", nameof(destination));
        foreach (var chunk in _partition.Chunks)
        {
            _M.Read(chunk, unit, destination[..chunk.Count]);
            destination = destination[chunk.Count..];
        }
    }

    /// <summary>Copies one tensor's part of a column of M.</summary>
    /// <param name="unit">0 to k − 1.</param>
    /// <param name="tensor">Which tensor.</param>
    /// <param name="destination">As many elements as the tensor has.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit or tensor.</exception>
    /// <exception cref="ArgumentException">The destination's length is not the tensor's.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    public void CopyUnit(int unit, int tensor, Span<float> destination)
    {
        using var use = Enter();
        TensorArguments.CheckUnit(_M.UnitCount, unit);
        TensorArguments.CheckPart(Lengths, tensor, destination.Length, nameof(destination));
        foreach (var chunk in _partition.ChunksOf(tensor))
            _M.Read(chunk, unit, destination.Slice((int)chunk.Offset, chunk.Count));
    }

    /// <summary>Frees the memory and ends the threads.</summary>
    /// <exception cref="InvalidOperationException">Another thread is using the optimizer.</exception>
    public void Dispose()
    {
        if (!_M.IsClosed)
        {
            using var use = Enter();
            Release();
        }
        GC.SuppressFinalize(this);
    }

    private static int WorkerCount(int threads, Partition partition)
    {
        var wanted = threads > 0 ? threads : Math.Min(Environment.ProcessorCount, partition.Length / ParametersPerThread);
        return (int)Math.Clamp(wanted, 1, Math.Max(partition.Chunks.Length, 1));
    }

    private void CheckFlat(int length, string name) => TensorArguments.CheckFlat(Lengths, length, "span", name);

    private void Release()
    {
        _workers.Dispose();
        _M.Dispose();
    }

    // Native memory under two callers at once would be a crash instead of an exception.
    private protected ExclusiveUse.Use Enter()
    {
        var use = ExclusiveUse.Enter(ref _use);
        if (!_M.IsClosed)
            return use;
        use.Dispose();
        throw new ObjectDisposedException(GetType().FullName);
    }
}
