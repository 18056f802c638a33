using Rllc.Runtime.Tests.PublicApi;

namespace Rllc.Cuda.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_API_is_the_reviewed_one() => ReviewedApi.Verify(typeof(CudaOptimizer).Assembly);
}
