using Rllc.Runtime.Tests.PublicApi;

namespace Rllc.Kernels.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_API_is_the_reviewed_one() => ReviewedApi.Verify(typeof(DeviceOptimizer).Assembly);
}
