namespace Rllc.Cuda;

public sealed partial class CudaOptimizer
{
    /// <summary>L, one coefficient per memory unit. Waits for the device.</summary>
    /// <inheritdoc cref="CudaTensorOptimizer.ReadStepCount"/>
    public double[] ReadLaw(CudaStream stream)
    {
        using var use = Enter();
        return Read(_memory.Arguments.Law.L, stream);
    }

    /// <summary>
    /// G = MᵀM, k×k, as the law sees it: of the scaled, clipped gradients in the memory. Of a memory that is not linear it is that of before
    /// the last step. Waits for the device.
    /// </summary>
    /// <inheritdoc cref="CudaTensorOptimizer.ReadStepCount"/>
    /// <exception cref="InvalidOperationException">The law is fixed and has no use for G, or another thread is using the optimizer.</exception>
    public SquareMatrix ReadGram(CudaStream stream)
    {
        using var use = Enter();
        _settings.RequireGram();
        return SquareMatrix.FromRowMajor(_layout.Memory.UnitCount, Read(_memory.Arguments.Law.G, stream));
    }

    /// <inheritdoc/>
    private protected override (long Applied, long Skipped) ReadCounts(CudaStream stream)
    {
        var counters = ReadOne(_memory.Arguments.Law.Counters, stream);
        return (counters.Step, counters.Skipped);
    }

    /// <inheritdoc/>
    private protected override ReadOnlySpan<double> ReadLawOfReport(CudaStream stream)
    {
        _memory.Copy.FromDevice(_memory.Arguments.Law.L, _reportedLaw.AsSpan(), stream);
        return _reportedLaw;
    }

    /// <summary>Reads the law's part of the state. Waits for the device.</summary>
    internal DeviceLawState ReadState(CudaStream stream)
    {
        using var use = Enter();
        var law = _memory.Arguments.Law;
        return new(ReadOne(law.Counters, stream), Read(law.L, stream), Read(law.G, stream), Read(law.Pending, stream));
    }

    /// <summary>Replaces options and law's part of the state, and forgets the last report. Waits for the device.</summary>
    /// <param name="options">Options of the same memory format.</param>
    /// <param name="state">What <see cref="ReadState"/> has read, of an optimizer with the same number of units.</param>
    /// <param name="stream">The steps' stream.</param>
    internal void Restore(OptimizerOptions options, DeviceLawState state, CudaStream stream)
    {
        using var use = Enter();
        options.Validate(Memory);
        if (options.MemoryFormat != MemoryFormat)
            throw new ArgumentException($"The memory is kept in {MemoryFormat}, not in {options.MemoryFormat}.", nameof(options));
        // Refuses what a device does not know, before anything is written.
        _ = LawSettings.From(options);
        var law = _memory.Arguments.Law;
        _memory.Copy.ToDevice<double>(state.L, law.L, stream);
        _memory.Copy.ToDevice<double>(state.G, law.G, stream);
        _memory.Copy.ToDevice<double>(state.Pending, law.Pending, stream);
        _memory.Copy.ToDevice([state.Counters], law.Counters, stream);
        _memory.Copy.ToDevice([default(StepFactors)], law.Factors, stream);
        _settings.Replace(options);
        _options = options;
    }
}
