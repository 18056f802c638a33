namespace Rllc.Runtime.Tests.PublicApi;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_API_is_the_reviewed_one() => ReviewedApi.Verify(typeof(Optimizer).Assembly);
}
