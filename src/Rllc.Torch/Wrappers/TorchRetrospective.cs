using System.Diagnostics.CodeAnalysis;
using TorchSharp;
using TorchSharp.Modules;

namespace Rllc;

/// <summary>
/// Retrospective learning law correction (arXiv 2402.15262, section 6) of any optimizer of TorchSharp's parameters, its own or a
/// <see cref="TorchOptimizer"/>. One memory unit stores the last learning step d, what the wrapped optimizer would have subtracted from θ;
/// the law is one number L, which begins at 1: c = d·g and G = d·d of the last step; L ← L + c₂·c/(G + ε); θ ← θ − L·d with the new d. The
/// wrapped optimizer knows nothing of it, and stays its owner's to dispose. Parameters are float32 or float64. Instances are not
/// thread-safe.
/// </summary>
/// <example><code>
/// using var adam = torch.optim.Adam(model.parameters(), 0.001);
/// using var optimizer = new TorchRetrospective(adam, new() { LawLearningRate = 1e-4 });
/// optimizer.zero_grad();
/// loss.backward();
/// optimizer.step();
/// </code></example>
public sealed class TorchRetrospective : TorchWrapper
{
    private const int BytesAtOnce = 1 << 16;

    private readonly RetrospectiveLaw _law;

    // The last learning step of each parameter, in the order of the groups, with the squares of their norms; those of parameters that came
    // later are missing.
    private torch.Tensor[] _d = [];
    private double[] _squares = [];

    /// <summary>Wraps an optimizer, with a law of 1 and no learning step.</summary>
    /// <param name="optimizer">Any optimizer but LBFGS and <see cref="TorchSam"/>, which compute gradients more than once.</param>
    /// <param name="options">How the law learns.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its bounds.</exception>
    /// <exception cref="ArgumentException">The optimizer cannot be wrapped, or a parameter is neither float32 nor float64.</exception>
    public TorchRetrospective(torch.optim.Optimizer optimizer, RetrospectiveOptions? options = null) : base(optimizer)
    {
        if (optimizer is TorchSam)
            throw new ArgumentException($"A {nameof(TorchSam)} needs the closure, which this wrapper calls itself: wrap them the other way round.", nameof(optimizer));
        _law = new RetrospectiveLaw(options ?? new());
    }

    /// <summary>L, what learning steps are multiplied with; 1 before the second step.</summary>
    public double Law => _law.L;

    /// <inheritdoc cref="RetrospectiveOptions.LawLearningRate"/>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double LawLearningRate
    {
        get => _law.LearningRate;
        set => _law.LearningRate = value;
    }

    /// <summary>What the last step did; before the first one, that it was applied.</summary>
    public RetrospectiveReport LastStep { get; private set; } = new(Applied: true, Law: 1);

    /// <summary>
    /// One step. The correction is that of the parameters that have a gradient and are not frozen. Where the wrapped optimizer throws, the
    /// law is what it was. On a CUDA device the step is waited for.
    /// </summary>
    /// <param name="closure">Computes the loss and its gradients anew, with gradients enabled; called once, before the step.</param>
    /// <returns>What the closure returned; null without one.</returns>
    /// <exception cref="InvalidOperationException">A gradient is sparse.</exception>
    [return: NotNullIfNotNull(nameof(closure))]
    public override torch.Tensor? step(Func<torch.Tensor>? closure = null)
    {
        var loss = closure is null ? null : Evaluate(closure);
        using var guard = torch.no_grad();
        var parameters = Parameters();
        var (c, G) = Project(parameters);
        var law = _law.Corrected(c, G);
        var d = Array.ConvertAll(parameters, parameter => parameter.clone().DetachFromDisposeScope());
        try
        {
            Wrapped.step();
            for (var i = 0; i < d.Length; i++)
                d[i].sub_(parameters[i]);
            Apply(parameters, ref d, law);
        }
        finally
        {
            Dispose(d);
        }
        return loss!;
    }

    /// <summary>Frees the last learning step; the wrapped optimizer is its owner's.</summary>
    /// <param name="disposing">False where the garbage collector calls.</param>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Replace([], []);
        base.Dispose(disposing);
    }

    /// <summary>The wrapped optimizer's state, before and behind it the wrapper's own.</summary>
    public override StateDictionary state_dict()
    {
        var dictionary = base.state_dict();
        dictionary.State.Add(new RetrospectiveState(this));
        return dictionary;
    }

    /// <summary>Writes the law, c₂, ε and the last learning step.</summary>
    internal void Write(BinaryWriter writer)
    {
        writer.Write(_law.L);
        writer.Write(_law.LearningRate);
        writer.Write(_law.Epsilon);
        writer.Write(_d.Length);
        writer.Flush();
        foreach (var tensor in _d)
        {
            using var numbers = tensor.cpu();
            numbers.WriteBytesToStream(writer.BaseStream, BytesAtOnce);
        }
    }

    /// <summary>Reads what <see cref="Write"/> has written; the parameters are known to be those of the state.</summary>
    internal void Read(BinaryReader reader)
    {
        var (law, learningRate, epsilon) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        if (!double.IsFinite(law) || !double.IsFinite(learningRate) || learningRate < 0 || !double.IsFinite(epsilon) || epsilon < 0)
            throw new InvalidDataException(FormattableString.Invariant($"The state is damaged: it has a law of {law}, with c₂ = {learningRate} and ε = {epsilon}."));
        var parameters = Parameters();
        var count = reader.ReadInt32();
        if (count < 0 || count > parameters.Length)
            throw new InvalidDataException(FormattableString.Invariant($"The state is damaged: it has the learning steps of {count} parameters, of which there are {parameters.Length}."));
        var d = new List<torch.Tensor>();
        try
        {
            foreach (var parameter in parameters.Take(count))
            {
                d.Add(torch.empty(parameter.shape, parameter.dtype).DetachFromDisposeScope());
                d[^1].ReadBytesFromStream(reader.BaseStream, BytesAtOnce);
            }
            Restore(law, learningRate, epsilon, [.. d.Select((tensor, i) => tensor.to(parameters[i].device, copy: true).DetachFromDisposeScope())]);
        }
        finally
        {
            Dispose(d);
        }
    }

    /// <summary>Whether law and last learning step are equal to within what torch.allclose takes for equal.</summary>
    internal bool IsCloseTo(TorchRetrospective other) =>
        ParameterState.AreClose<double>([_law.L], [other._law.L]) && _d.Length == other._d.Length && _d.Zip(other._d).All(pair => pair.First.allclose(pair.Second));

    /// <inheritdoc/>
    private protected override void CheckParameters(IEnumerable<Parameter> parameters)
    {
        foreach (var parameter in parameters)
            if (parameter.dtype is not (torch.ScalarType.Float32 or torch.ScalarType.Float64))
                throw new ArgumentException($"A parameter holds {parameter.dtype} numbers, in which the law's part of a step would be lost: only float32 and float64 are supported.");
    }

    /// <inheritdoc/>
    private protected override void CopyStateOf(TorchWrapper other)
    {
        var (source, parameters) = ((TorchRetrospective)other, Parameters());
        Restore(source._law.L, source._law.LearningRate, source._law.Epsilon, [.. source._d.Select((tensor, i) => tensor.to(parameters[i].device, copy: true).DetachFromDisposeScope())]);
    }

    /// <summary>c and G of the parameters that have a gradient.</summary>
    private (double c, double G) Project(Parameter[] parameters)
    {
        var (products, G) = (new List<torch.Tensor>(), 0.0);
        for (var i = 0; i < Math.Min(_d.Length, parameters.Length); i++)
        {
            using var gradient = GradientOf(parameters[i]);
            if (gradient is null)
                continue;
            // The parameter may have been moved since.
            using var d = _d[i].to(gradient.device, copy: true);
            products.Add(WideTensors.Dot(d, gradient));
            G += _squares[i];
        }
        return (WideTensors.Sum(products), G);
    }

    /// <summary>Makes the learning step L·d instead of d, unless it is none; d is then the last one, which is left to be disposed.</summary>
    private void Apply(Parameter[] parameters, ref torch.Tensor[] d, double law)
    {
        var squares = WideTensors.Read(Array.ConvertAll(d, WideTensors.Squares));
        var G = squares.Sum();
        LastStep = new(Applied: G > 0 && double.IsFinite(G), _law.L);
        if (!LastStep.Applied)
            return;
        // What the optimizer has done already is d; θ − L·d would round anew where L is 1.
        if (law != 1)
            for (var i = 0; i < d.Length; i++)
                parameters[i].add_(d[i], alpha: 1 - law);
        (_d, d) = (d, _d);
        (_squares, _law.L, LastStep) = (squares, law, new(Applied: true, law));
    }

    private void Restore(double law, double learningRate, double epsilon, torch.Tensor[] d)
    {
        Replace(d, WideTensors.Read(Array.ConvertAll(d, WideTensors.Squares)));
        (_law.L, _law.LearningRate, _law.Epsilon) = (law, learningRate, epsilon);
    }

    private void Replace(torch.Tensor[] d, double[] squares)
    {
        Dispose(_d);
        (_d, _squares) = (d, squares);
    }

    private static void Dispose(IEnumerable<torch.Tensor> tensors)
    {
        foreach (var tensor in tensors)
            tensor.Dispose();
    }
}
