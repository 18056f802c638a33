namespace Rllc;

/// <summary>
/// The CPU host: an optimizer over flat spans or several tensors, with a linear memory M (n parameters × k units, outside the
/// managed heap) and one learning law L for all of them, learned along with the parameters (arXiv 2402.15262). The generator
/// derives from it the class of a [Propagator] declaration and emits its kernels. Instances are not thread-safe; concurrent use
/// is refused.
/// </summary>
/// <example><code>
/// [Propagator("M(0.9) ⊕ M(0)")]
/// public sealed partial class MomentumMix;
///
/// using var optimizer = new MomentumMix(parameters.Length, new() { LearningRate = 0.03 });
/// optimizer.Step(parameters, gradient);
/// </code></example>
public abstract partial class Optimizer : IDisposable
{
    // Fewer parameters are not worth waking another thread for.
    private const int ParametersPerThread = 1 << 16;

    private readonly Partition _partition;
    private readonly TensorAddresses _tensors;
    private readonly TiledMemory _M;
    private readonly ForkJoin _workers;
    private OptimizerOptions _options;
    private LawState _law;
    private ExclusiveUse _use;

    /// <summary>An optimizer of one tensor; allocates the memory, M = 0.</summary>
    /// <param name="memory">B and a, which the kernels implement.</param>
    /// <param name="length">n, the number of parameters; at least 0.</param>
    /// <param name="options">Hyperparameters.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative or more than 2⁴⁰, or an option is out of range.</exception>
    /// <exception cref="ArgumentException">Options contradict each other or the memory.</exception>
    protected Optimizer(LinearMemory memory, long length, OptimizerOptions options) : this(memory, new ReadOnlySpan<long>(in length), options)
    {
    }

    /// <summary>An optimizer of several tensors; allocates the memory, M = 0.</summary>
    /// <param name="memory">B and a, which the kernels implement.</param>
    /// <param name="lengths">The tensors' numbers of parameters, each at least 0.</param>
    /// <param name="options">Hyperparameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative, they are more than 2⁴⁰ together, or an option is out of range.</exception>
    /// <exception cref="ArgumentException">Options contradict each other or the memory.</exception>
    protected Optimizer(LinearMemory memory, ReadOnlySpan<long> lengths, OptimizerOptions options)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(memory.UnitCount);
        LinearMemory = memory;
        _options = options;
        _law = LawState.Of(memory, options);
        _partition = new Partition(lengths);
        _tensors = new TensorAddresses(lengths);
        _M = new TiledMemory(memory.UnitCount, _partition.Rows, options.MemoryFormat);
        _workers = new ForkJoin(WorkerCount(options.Threads, _partition));
        _passes = NewPasses(options.MemoryFormat);
        _job = Work;
        _groupOfTensor = new int[lengths.Length];
        _groups = NewGroups(count: 1);
        _gram = new double[memory.UnitCount * memory.UnitCount];
        _sums = new double[memory.UnitCount + 1 + ExactGram.PairCount(memory.UnitCount)];
        _partials = new double[_partition.Chunks.Length * _sums.Length];
    }

    /// <summary>B, a and what follows from them.</summary>
    public LinearMemory LinearMemory { get; }

    /// <summary>n, the number of parameters of all tensors.</summary>
    public long Length => _partition.Length;

    /// <summary>The tensors' numbers of parameters.</summary>
    public ReadOnlySpan<long> Lengths => _partition.Lengths;

    /// <summary>Number of steps applied so far; skipped ones do not count.</summary>
    public long StepCount => _law.Step;

    /// <inheritdoc cref="OptimizerOptions.MemoryFormat"/>
    public MemoryFormat MemoryFormat => _M.Format;

    /// <inheritdoc cref="OptimizerOptions.LearningRate"/>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double LearningRate
    {
        get => _options.LearningRate;
        set
        {
            _options = _options with { LearningRate = OptimizerOptionsValidation.AtLeastZero(value, nameof(LearningRate)) };
            foreach (var group in _groups)
                group.LearningRate = value;
        }
    }

    /// <inheritdoc cref="OptimizerOptions.LawLearningRate"/>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite, or not 0 though the law is fixed.</exception>
    public double LawLearningRate
    {
        get => _options.LawLearningRate;
        set
        {
            _options = _options with { LawLearningRate = OptimizerOptionsValidation.LawLearningRate(value, _options.FixedLaw is not null) };
            _law.LawLearningRate = value;
        }
    }

    /// <inheritdoc cref="OptimizerOptions.LossScale"/>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0, or not finite.</exception>
    public double LossScale
    {
        get => _options.LossScale;
        set => _options = _options with { LossScale = OptimizerOptionsValidation.AboveZero(value, nameof(LossScale)) };
    }

    /// <summary>L, one coefficient per memory unit: a view of the optimizer's own, until the next load.</summary>
    public ReadOnlySpan<double> LawCoefficients => _law.L;

    /// <summary>G = MᵀM, k×k, as the law sees it: of the scaled, clipped gradients in the memory.</summary>
    /// <exception cref="InvalidOperationException">The law is fixed: it has no use for G, which is not computed.</exception>
    public SquareMatrix Gram => _options.FixedLaw is null
        ? SquareMatrix.FromRowMajor(LinearMemory.UnitCount, _law.G)
        : throw new InvalidOperationException("The law is fixed: no Gram matrix is computed.");

    /// <summary>Copies one column of M, all tensors one after the other.</summary>
    /// <param name="unit">0 to k − 1.</param>
    /// <param name="destination">n elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit.</exception>
    /// <exception cref="ArgumentException">The destination's length is not n.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    public void CopyUnit(int unit, Span<float> destination)
    {
        using var use = Enter();
        TensorArguments.CheckUnit(LinearMemory.UnitCount, unit);
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
        TensorArguments.CheckUnit(LinearMemory.UnitCount, unit);
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
    private ExclusiveUse.Use Enter()
    {
        var use = ExclusiveUse.Enter(ref _use);
        if (!_M.IsClosed)
            return use;
        use.Dispose();
        throw new ObjectDisposedException(GetType().FullName);
    }
}
