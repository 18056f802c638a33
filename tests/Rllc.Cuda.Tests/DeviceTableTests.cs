namespace Rllc.Cuda.Tests;

public unsafe class DeviceTableTests
{
    private static readonly CudaStream Stream = new(9);

    [SkippableFact]
    public void The_first_update_uploads_everything_in_one_copy()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        using var table = new DeviceTable<Entry>(device, 100);
        AssertUploads(driver, table, Entries(100), (0, 100));
    }

    [SkippableFact]
    public void A_first_update_of_zeros_is_uploaded_as_well()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        using var table = new DeviceTable<Entry>(device, 4);
        Assert.Equal(4, table.Update(new Entry[4], Stream));
        Assert.Equal(new Entry[4], Read(device, table));
    }

    [SkippableFact]
    public void Where_nothing_has_changed_the_driver_is_not_called()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        using var table = new DeviceTable<Entry>(device, 100);
        table.Update(Entries(100), Stream);
        driver.TakeLog();
        Assert.Equal(0, table.Update(Entries(100), Stream));
        Assert.Empty(driver.TakeLog());
    }

    [SkippableFact]
    public void Only_what_has_changed_is_uploaded()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        using var table = new DeviceTable<Entry>(device, 1000);
        var entries = Entries(1000);
        table.Update(entries, Stream);

        Change(entries, 0);
        AssertUploads(driver, table, entries, (0, 1));
        Change(entries, 999);
        AssertUploads(driver, table, entries, (999, 1));
        Change(entries, 0, 500, 501, 502, 999);
        AssertUploads(driver, table, entries, (0, 1), (500, 3), (999, 1));
    }

    [SkippableFact]
    public void Changes_close_together_go_in_one_copy()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        using var table = new DeviceTable<Entry>(device, 1000);
        var entries = Entries(1000);
        table.Update(entries, Stream);

        // 4096 bytes are 256 entries.
        Change(entries, 10, 12, 14, 271);
        AssertUploads(driver, table, entries, (10, 262));
        Change(entries, 10, 268);
        AssertUploads(driver, table, entries, (10, 1), (268, 1));
    }

    [SkippableFact]
    public void Every_kernel_sees_the_table_of_its_own_time()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        using var module = new CudaModule(device, Ptx.Kernel("Kernel", Ptx.View), "kernels", PtxCache.None);
        using var table = new DeviceTable<Entry>(device, 700);
        var kernel = module.GetKernel("Kernel");
        var seen = new List<Entry[]>();
        driver.OnLaunch((_, arguments) =>
        {
            var view = *(DeviceView<Entry>*)arguments[0];
            seen.Add(new Span<Entry>((void*)view.Address, (int)view.Length).ToArray());
        });
        var random = new Random(1);
        var entries = Entries(700);
        var expected = new List<Entry[]>();
        for (var step = 0; step < 300; step++)
        {
            // The recording driver runs nothing until somebody waits: the updates run ahead of it as far as they can.
            for (var change = random.Next(4); change > 0; change--)
                Change(entries, random.Next(700));
            table.Update(entries, Stream);
            kernel.Launch(new(1, 1), Stream, table.View);
            expected.Add([.. entries]);
        }
        device.Synchronize(Stream);
        Assert.Equal(expected, seen);
    }

    [SkippableFact]
    public void An_update_waits_for_the_fourth_last_at_most()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        using var module = new CudaModule(device, Ptx.Kernel("Kernel", ".s32 _a"), "kernels", PtxCache.None);
        using var table = new DeviceTable<Entry>(device, 10);
        var kernel = module.GetKernel("Kernel");
        var done = -1;
        driver.OnLaunch((_, arguments) => done = *(int*)arguments[0]);
        var entries = Entries(10);
        for (var step = 0; step < 20; step++)
        {
            Change(entries, step % 10);
            table.Update(entries, Stream);
            kernel.Launch(new(1, 1), Stream, step);
            // The kernel behind the fourth last update need not have run, only that update and what comes before it.
            Assert.Equal(Math.Max(step - 5, -1), done);
        }
    }

    [SkippableTheory]
    [InlineData("cuMemcpyHtoDAsync_v2", 4)]
    [InlineData("cuEventRecord", 4)]
    [InlineData("cuEventSynchronize", 2)]
    public void After_a_failed_update_the_next_one_uploads_what_is_missing(string function, int calls)
    {
        for (var n = 1; n <= calls; n++)
        {
            using var driver = new FakeDriver();
            using var device = new CudaDevice(0);
            using var table = new DeviceTable<Entry>(device, 1000);
            var entries = Entries(1000);
            driver.Fail(function, 719, n);
            var failures = 0;
            Update();
            Change(entries, 0, 500, 999);
            Update();
            Update();
            Assert.Equal(1, failures);
            Assert.Equal(entries, Read(device, table));

            void Update()
            {
                try
                {
                    table.Update(entries, Stream);
                }
                catch (CudaException e)
                {
                    Assert.Equal(719, e.Number);
                    failures++;
                }
            }
        }
    }

    [SkippableFact]
    public void An_update_allocates_nothing()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        using var table = new DeviceTable<Entry>(device, 1000);
        var entries = Entries(1000);
        table.Update(entries, Stream);
        Change(entries, 5, 900);
        table.Update(entries, Stream);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            entries[i].Gradient++;
            table.Update(entries, Stream);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [SkippableFact]
    public void Another_number_of_entries_is_refused_and_none_is_fine()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        using var table = new DeviceTable<Entry>(device, 3);
        Assert.Contains("The table has 3 entries, not 2.", Assert.Throws<ArgumentException>(() => table.Update(Entries(2), Stream)).Message);
        using var empty = new DeviceTable<Entry>(device, 0);
        driver.TakeLog();
        Assert.Equal(0, empty.Update([], Stream));
        Assert.Empty(driver.TakeLog());
    }

    [SkippableFact]
    public void A_table_whose_staging_cannot_be_allocated_leaves_nothing()
    {
        for (var n = 1; n <= 4; n++)
        {
            using var driver = new FakeDriver();
            using var device = new CudaDevice(0);
            driver.Fail("cuMemHostAlloc", 2, n);
            Assert.Throws<CudaException>(() => new DeviceTable<Entry>(device, 3));
            Assert.Equal("context 1", driver.Live);
        }
    }

    private static Entry[] Entries(int count) => [.. Enumerable.Range(0, count).Select(i => new Entry { Parameter = (ulong)i * 256, Gradient = (ulong)i * 512 })];

    private static void Change(Entry[] entries, params int[] indices)
    {
        foreach (var i in indices)
            entries[i].Gradient += 1024;
    }

    /// <summary>Updates the table, which must make these copies: first entry and number of entries.</summary>
    private static void AssertUploads(FakeDriver driver, DeviceTable<Entry> table, Entry[] entries, params (int Start, int Count)[] copies)
    {
        driver.TakeLog();
        Assert.Equal(copies.Sum(copy => copy.Count), table.Update(entries, Stream));
        Assert.Equal(
            copies.Select(copy => $"cuMemcpyHtoDAsync_v2(+{copy.Start * sizeof(Entry)}, {copy.Count * sizeof(Entry)}, 9)"),
            driver.TakeLog().Where(call => call.StartsWith("cuMemcpy", StringComparison.Ordinal)));
    }

    private static Entry[] Read(CudaDevice device, DeviceTable<Entry> table)
    {
        using var host = new PinnedMemory<Entry>(device, table.Length);
        host.CopyFrom(0, table.View, Stream);
        host.Wait();
        return host.Span.ToArray();
    }

    private record struct Entry(ulong Parameter, ulong Gradient);
}
