using Shared.Data;

namespace Rllc.Examples.Tests.Data;

public class BatchOrderTests
{
    [Fact]
    public void An_epoch_takes_every_picture_at_most_once()
    {
        var order = new BatchOrder(1, 103, 10);

        var epoch = Enumerable.Range(0, 10).SelectMany(iteration => order.Batch(iteration).ToArray()).ToList();

        Assert.Equal(100, epoch.Distinct().Count());
        Assert.All(epoch, index => Assert.InRange(index, 0, 102));
    }

    [Fact]
    public void A_batch_depends_on_the_seed_and_its_iteration_alone()
    {
        var order = new BatchOrder(1, 50, 10);
        var third = order.Batch(13).ToArray();
        order.Batch(2);

        Assert.Equal(third, order.Batch(13));
        Assert.Equal(third, new BatchOrder(1, 50, 10).Batch(13));
        Assert.NotEqual(third, new BatchOrder(2, 50, 10).Batch(13).ToArray());
        Assert.NotEqual(third, order.Batch(8).ToArray());
    }
}
