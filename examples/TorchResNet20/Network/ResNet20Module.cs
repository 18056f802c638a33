using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchResNet20.Network;

/// <summary>
/// A ResNet-20 for CIFAR-10 (He et al., arXiv 1512.03385, section 4.2) with shortcuts by projection: 65 tensors, 272,474 parameters.
/// Kernels start as by He et al. (arXiv 1502.01852), from torch's random numbers.
/// </summary>
internal sealed class ResNet20Module : nn.Module<Tensor, Tensor>
{
    private readonly Sequential layers;

    public ResNet20Module() : base("ResNet20")
    {
        layers = nn.Sequential(
            ("first", Convolution(3, 16, 3, 1)), ("first_norm", nn.BatchNorm2d(16)), ("first_relu", nn.ReLU()),
            ("stage1", Stage(16, 16)), ("stage2", Stage(16, 32)), ("stage3", Stage(32, 64)),
            ("pool", nn.AdaptiveAvgPool2d(1)), ("flat", nn.Flatten()), ("classes", nn.Linear(64, 10)));
        RegisterComponents();
    }

    /// <summary>Batches that the running means and variances of the normalisation come from.</summary>
    public long BatchesSeen => named_buffers().Single(buffer => buffer.name == "layers.first_norm.num_batches_tracked").buffer.item<long>();

    public override Tensor forward(Tensor input) => layers.forward(input);

    /// <summary>A convolution that keeps the size, or with a stride of 2 halves it.</summary>
    internal static Conv2d Convolution(int from, int to, int size, int stride)
    {
        var convolution = nn.Conv2d(from, to, size, stride, padding: size / 2, bias: false);
        nn.init.kaiming_normal_(convolution.weight!, mode: nn.init.FanInOut.FanOut, nonlinearity: nn.init.NonlinearityType.ReLU);
        return convolution;
    }

    private static Sequential Stage(int from, int to) =>
        nn.Sequential(("block1", new Block(from, to)), ("block2", new Block(to, to)), ("block3", new Block(to, to)));

    /// <summary>Two convolutions and a way around them.</summary>
    private sealed class Block : nn.Module<Tensor, Tensor>
    {
        private readonly Sequential residual;
        private readonly Sequential? shortcut;

        public Block(int from, int to) : base("Block")
        {
            var stride = from == to ? 1 : 2;
            residual = nn.Sequential(
                ("first", Convolution(from, to, 3, stride)), ("first_norm", nn.BatchNorm2d(to)), ("relu", nn.ReLU()),
                ("second", Convolution(to, to, 3, 1)), ("second_norm", nn.BatchNorm2d(to)));
            if (from != to)
                shortcut = nn.Sequential(("projection", Convolution(from, to, 1, stride)), ("norm", nn.BatchNorm2d(to)));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) =>
            nn.functional.relu(residual.forward(input) + (shortcut is null ? input : shortcut.forward(input)));
    }
}
