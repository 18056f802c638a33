namespace Rllc.Cuda.Tests;

public class MemoryTests
{
    private static readonly CudaStream Stream = new(7);

    [SkippableFact]
    public void What_is_copied_to_the_device_and_on_and_back_is_the_same()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        using var first = new DeviceMemory<double>(device, 100);
        using var second = new DeviceMemory<double>(device, 100);
        using var third = new DeviceMemory<double>(device, 100);
        using var host = new PinnedMemory<double>(device, 200);
        for (var i = 0; i < 100; i++)
            host.Span[i] = i + 0.5;

        host.CopyTo(0, first.View, Stream);
        first.CopyTo(second.View, Stream);
        third.CopyFrom(second.View, Stream);
        host.CopyFrom(100, third.View, Stream);
        Assert.False(host.Span[..100].SequenceEqual(host.Span[100..]));
        host.Wait();
        Assert.Equal(host.Span[..100].ToArray(), host.Span[100..].ToArray());
    }

    [SkippableFact]
    public void Sub_ranges_are_copied_from_and_to_where_they_belong()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        using var memory = new DeviceMemory<short>(device, 10);
        using var host = new PinnedMemory<short>(device, 10);
        memory.Clear(Stream);
        host.Span.Fill(1);
        host.CopyTo(8, memory.View.Slice(3, 2), Stream);
        host.CopyFrom(0, memory.View, Stream);
        host.Wait();
        Assert.Equal([0, 0, 0, 1, 1, 0, 0, 0, 0, 0], host.Span.ToArray());
    }

    [SkippableFact]
    public void Nothing_is_waited_for_but_by_waiting()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        using var memory = new DeviceMemory<float>(device, 10);
        using var host = new PinnedMemory<float>(device, 10);
        driver.TakeLog();
        memory.Clear(Stream);
        host.CopyTo(0, memory.View, Stream);
        host.CopyFrom(0, memory.View.Slice(9, 1), Stream);
        memory.CopyFrom(memory.View, Stream);
        Assert.Equal(
            ["cuMemsetD8Async(0, 40, 7)", "cuMemcpyHtoDAsync_v2(+0, 40, 7)", "cuEventRecord(7)", "cuMemcpyDtoHAsync_v2(4, 7)", "cuEventRecord(7)", "cuMemcpyDtoDAsync_v2(40, 7)"],
            driver.TakeLog().Where(call => !call.StartsWith("cuCtx", StringComparison.Ordinal)));
    }

    [SkippableFact]
    public void Pinned_memory_is_not_freed_under_a_copy()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        using var memory = new DeviceMemory<int>(device, 4);
        var host = new PinnedMemory<int>(device, 4);
        host.Span.Fill(5);
        host.CopyTo(0, memory.View, Stream);
        host.Dispose();
        using var back = new PinnedMemory<int>(device, 4);
        back.CopyFrom(0, memory.View, Stream);
        back.Wait();
        Assert.Equal([5, 5, 5, 5], back.Span.ToArray());
    }

    [SkippableFact]
    public void Ranges_that_are_not_there_are_refused_before_the_driver_sees_them()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        using var memory = new DeviceMemory<int>(device, 4);
        using var host = new PinnedMemory<int>(device, 3);
        driver.TakeLog();
        var view = memory.View;
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeviceMemory<int>(device, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PinnedMemory<int>(device, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeviceTable<int>(device, -1));
        Assert.Throws<OverflowException>(() => new DeviceMemory<decimal>(device, long.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => view.Slice(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => view.Slice(5, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => view.Slice(1, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => view.Slice(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => host.CopyTo(0, view, Stream));
        Assert.Throws<ArgumentOutOfRangeException>(() => host.CopyTo(-1, view.Slice(0, 1), Stream));
        Assert.Throws<ArgumentOutOfRangeException>(() => host.CopyTo(4, view.Slice(0, 0), Stream));
        Assert.Throws<ArgumentOutOfRangeException>(() => host.CopyFrom(1, view.Slice(0, 3), Stream));
        Assert.Contains("The memory has 4 elements, the view 3.", Assert.Throws<ArgumentException>(() => memory.CopyTo(view.Slice(0, 3), Stream)).Message);
        Assert.DoesNotContain(driver.TakeCalls(), call => call.StartsWith("cuMem", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void Memory_of_no_elements_is_as_good_as_any()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        using var memory = new DeviceMemory<int>(device, 0);
        using var host = new PinnedMemory<int>(device, 0);
        Assert.Equal(0, memory.View.Length);
        Assert.NotEqual(0ul, memory.View.Address);
        memory.Clear(Stream);
        host.CopyTo(0, memory.View, Stream);
        host.Wait();
        Assert.True(host.Span.IsEmpty);
    }

    [SkippableFact]
    public void Exhausted_memory_is_told_with_what_was_wanted()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        var thrown = Assert.Throws<CudaException>(() => new DeviceMemory<double>(device, 1L << 40));
        Assert.Equal("Allocating 8796093022208 bytes on Recording device 0 failed with CUDA_ERROR_OUT_OF_MEMORY (2): out of memory", thrown.Message);
        Assert.Equal("CUDA_ERROR_OUT_OF_MEMORY", thrown.Name);
        Assert.Equal(2, thrown.Number);
    }
}
