using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchResNet20.Optimizers;

/// <summary>An optimizer that a run can choose, at its usual rates.</summary>
/// <param name="Name">What --optimizer calls it.</param>
/// <param name="Description">Its spec or what torch calls it.</param>
/// <param name="Create">Makes it for parameters with names.</param>
internal sealed record Choice(string Name, string Description, Func<IEnumerable<(string, Parameter)>, optim.Optimizer> Create)
{
    /// <summary>All optimizers, the default first.</summary>
    public static IReadOnlyList<Choice> All { get; } =
    [
        new(nameof(MomentumMix), MomentumMix.Spec, parameters => new MomentumMix(parameters)),
        new(nameof(LearnedMomentum), LearnedMomentum.Spec, parameters => new LearnedMomentum(parameters)),
        new("sgd", "torch.optim.SGD, learning rate 0.1", parameters => optim.SGD(parameters, 0.1)),
        new("momentum", "torch.optim.SGD, learning rate 0.03, momentum 0.9", parameters => optim.SGD(parameters, 0.03, momentum: 0.9)),
        new("adam", "torch.optim.Adam, learning rate 0.001", parameters => optim.Adam(parameters, 0.001)),
    ];
}
