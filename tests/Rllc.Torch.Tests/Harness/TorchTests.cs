using TorchSharp;

namespace Rllc.Torch.Tests.Harness;

/// <summary>
/// What tests with tensors share: they are skipped where libtorch does not load, begin with one seed, and what they leave is
/// disposed.
/// </summary>
public abstract class TorchTests : IDisposable
{
    private readonly DisposeScope _scope;

    protected TorchTests()
    {
        Libtorch.Require();
        torch.manual_seed(1);
        _scope = torch.NewDisposeScope();
    }

    public virtual void Dispose()
    {
        _scope.Dispose();
        GC.SuppressFinalize(this);
    }
}
