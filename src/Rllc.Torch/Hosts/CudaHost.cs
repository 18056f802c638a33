using Rllc.Cuda;
using TorchSharp;

namespace Rllc;

/// <summary>The optimizer of a CUDA device, whose steps are queued on the stream that torch computes gradients on.</summary>
/// <param name="optimizer">The optimizer.</param>
/// <param name="createOnCpu">Makes an optimizer of the CPU, by way of which checkpoints go.</param>
internal class CudaHost(CudaTensorOptimizer optimizer, Func<long[], TensorOptimizerOptions, TensorOptimizer> createOnCpu) : TensorHost
{
    private readonly CudaTensor[] _tensors = new CudaTensor[optimizer.Lengths.Length];
    private bool _hasStepped;

    /// <inheritdoc/>
    public override TensorOptimizerOptions CurrentOptions => optimizer.CommonOptions;

    /// <inheritdoc/>
    public override double LossScale
    {
        get => optimizer.LossScale;
        set => optimizer.LossScale = value;
    }

    /// <inheritdoc/>
    public override long StepCount => optimizer.ReadStepCount(CudaStream.Default);

    /// <inheritdoc/>
    public override StepReport LastStep => _hasStepped
        ? optimizer.ReadReport(CudaStream.Default)
        : new() { Applied = true, ClipFactor = 1 };

    /// <inheritdoc/>
    public override void SetGroups(ReadOnlySpan<int> groupOfTensor, int count) => optimizer.SetGroups(groupOfTensor, count);

    /// <inheritdoc/>
    public override void SetRates(int group, double learningRate, double weightDecay) => optimizer.SetRates(group, learningRate, weightDecay);

    /// <inheritdoc/>
    public override void Step(ReadOnlySpan<nint> parameters, ReadOnlySpan<nint> gradients)
    {
        for (var i = 0; i < _tensors.Length; i++)
            _tensors[i] = new((ulong)parameters[i], (ulong)gradients[i]);
        optimizer.Step(_tensors, CudaStream.Default);
        _hasStepped = true;
    }

    /// <inheritdoc/>
    public override void CopyUnit(int unit, int tensor, Span<float> destination) => optimizer.CopyUnit(unit, tensor, destination, CudaStream.Default);

    /// <inheritdoc/>
    public override List<KeyValuePair<string, string>> DescribeState() => optimizer.DescribeState(CudaStream.Default);

    /// <inheritdoc/>
    public override void WriteMemory(int tensor, Stream stream) => optimizer.WriteMemory(tensor, stream, CudaStream.Default);

    /// <inheritdoc/>
    public override void CopyTo(TensorOptimizer other) => optimizer.CopyTo(other, CudaStream.Default);

    /// <inheritdoc/>
    public override void Save(string location, ReadOnlySpan<TrackedParameter> parameters, IEnumerable<KeyValuePair<string, string>> more)
    {
        using var scope = torch.NewDisposeScope();
        using var state = NewState();
        CopyTo(state);
        state.SaveAt(location, Addresses(CopiesOf(parameters)), more);
    }

    /// <inheritdoc/>
    public override void Load(string location, ReadOnlySpan<TrackedParameter> parameters, Action<IReadOnlyDictionary<string, string>> inspect)
    {
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        using var state = NewState();
        var copies = CopiesOf(parameters);
        state.LoadAt(location, Addresses(copies), inspect);
        optimizer.CopyFrom(state, CudaStream.Default);
        for (var i = 0; i < copies.Length; i++)
            parameters[i].Numbers.copy_(copies[i]);
    }

    /// <inheritdoc/>
    public override void Dispose() => optimizer.Dispose();

    private TensorOptimizer NewState() => createOnCpu(optimizer.Lengths.ToArray(), CurrentOptions);

    private static torch.Tensor[] CopiesOf(ReadOnlySpan<TrackedParameter> parameters)
    {
        using var guard = torch.no_grad();
        var copies = new torch.Tensor[parameters.Length];
        for (var i = 0; i < copies.Length; i++)
            copies[i] = parameters[i].Numbers.cpu();
        return copies;
    }

    private static nint[] Addresses(torch.Tensor[] tensors) => Array.ConvertAll(tensors, tensor => NativeTensor.Data(tensor.Handle));
}
