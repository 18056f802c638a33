using TorchSharp.Modules;
using TorchOptions = TorchSharp.Modules.OptimizerOptions;

namespace Rllc;

/// <summary>Which way an optimizer goes: each of torch.optim's has an option of its own for it.</summary>
internal static class Maximizing
{
    /// <summary>Whether the parameters of a group ascend their gradient.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="options">The group's options.</param>
    public static bool Of(OptimizerHelper optimizer, TorchOptions options) => optimizer is TorchTensorOptimizer declared
        ? declared.Maximizes
        : options switch
        {
            SGD.Options sgd => sgd.maximize,
            Adam.Options adam => adam.maximize,
            AdamW.Options adamW => adamW.maximize,
            RMSProp.Options rmsProp => rmsProp.maximize,
            ASGD.Options asgd => asgd.maximize,
            Adadelta.Options adadelta => adadelta.maximize,
            Rprop.Options rprop => rprop.maximize,
            _ => false,
        } ?? false;
}
