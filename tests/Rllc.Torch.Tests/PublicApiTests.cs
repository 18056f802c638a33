using Rllc.Runtime.Tests.PublicApi;

namespace Rllc.Torch.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_API_is_the_reviewed_one() => ReviewedApi.Verify(typeof(TorchOptimizer).Assembly);
}
