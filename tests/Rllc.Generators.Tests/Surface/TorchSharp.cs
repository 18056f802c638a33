// What generated code uses of TorchSharp, by its signatures alone.
namespace TorchSharp
{
    public static partial class torch
    {
        public partial class Tensor;
    }
}

namespace TorchSharp.Modules
{
    public class Parameter : torch.Tensor
    {
        public Parameter(torch.Tensor data, bool requires_grad = true) => throw null!;
    }

    public class ParamGroup;
}
