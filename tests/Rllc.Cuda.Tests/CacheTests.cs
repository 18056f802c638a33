using System.Text;

namespace Rllc.Cuda.Tests;

public sealed class CacheTests : IDisposable
{
    private static readonly string[] Hit = ["cuModuleLoadDataEx(cubin, 0)"];
    private static readonly byte[] Kernel = Ptx.Kernel("Kernel", ".u32 _a");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void The_first_load_compiles_and_the_second_does_not()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        Assert.Equal(Miss(Kernel), Load(driver, device, Kernel));
        Assert.Equal(Hit, Load(driver, device, Kernel));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [SkippableFact]
    public void Another_text_another_driver_and_another_kind_of_device_are_compiled_for()
    {
        foreach (var (version, major, minor) in new[] { (12040, 8, 0), (12050, 8, 0), (13000, 8, 0), (12040, 9, 0), (12040, 8, 6) })
        {
            using var driver = new FakeDriver(1, version, major, minor);
            using var device = new CudaDevice(0);
            foreach (var ptx in new[] { Kernel, Ptx.Kernel("Kernel", ".u32 _b") })
            {
                Assert.Equal(Miss(ptx), Load(driver, device, ptx));
                Assert.Equal(Hit, Load(driver, device, ptx));
            }
        }
        Assert.Equal(10, Directory.GetFiles(_folder.Path).Length);
    }

    [SkippableFact]
    public void A_damaged_entry_is_compiled_and_written_again()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        Load(driver, device, Kernel);
        var file = Directory.GetFiles(_folder.Path).Single();
        var whole = File.ReadAllBytes(file);
        var damages = new List<byte[]> { (byte[])[.. whole, 0], Array.Empty<byte>() };
        for (var position = 0; position < whole.Length; position += 5)
        {
            damages.Add(whole[..position]);
            var flipped = whole.ToArray();
            flipped[position] ^= 1;
            damages.Add(flipped);
        }
        foreach (var damage in damages)
        {
            File.WriteAllBytes(file, damage);
            Assert.Equal(Miss(Kernel), Load(driver, device, Kernel));
            Assert.Equal(whole, File.ReadAllBytes(file));
        }
    }

    [SkippableFact]
    public void The_entry_of_another_text_is_not_taken_for_this_one_s()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        var other = Ptx.Kernel("Other", ".u32 _a");
        Load(driver, device, other);
        var foreign = Directory.GetFiles(_folder.Path).Single();
        Load(driver, device, Kernel);
        var file = Directory.GetFiles(_folder.Path).Single(name => name != foreign);
        File.Copy(foreign, file, overwrite: true);
        Assert.Equal(Miss(Kernel), Load(driver, device, Kernel));
        Assert.Equal(Hit, Load(driver, device, Kernel));
    }

    [SkippableFact]
    public void A_whole_entry_that_the_driver_refuses_is_replaced()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        Cache.Store(new CubinKey([.. Kernel, 0], device), Encoding.UTF8.GetBytes("\u007fCUBIN sm_35\n"));
        Assert.Equal(Hit.Concat(Miss(Kernel)), Load(driver, device, Kernel));
        Assert.Equal(Hit, Load(driver, device, Kernel));
    }

    [SkippableTheory]
    [InlineData("cuLinkCreate_v2")]
    [InlineData("cuLinkAddData_v2")]
    [InlineData("cuLinkComplete")]
    public void Without_the_driver_s_linker_the_text_itself_is_loaded(string function)
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        driver.Fail(function, 719);
        Assert.Equal("cuModuleLoadDataEx(ptx, 4)", Load(driver, device, Kernel)[^1]);
        Assert.Empty(Directory.GetFiles(_folder.Path));
        Assert.Equal("context 1", driver.Live);
    }

    [SkippableFact]
    public void A_folder_that_cannot_be_written_prevents_nothing()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        File.WriteAllText(_folder["file"], "no folder");
        foreach (var folder in new[] { _folder["file"], Path.Combine(_folder["file"], "below"), "/dev/null", "/proc/nothing" })
            using (new CudaModule(device, Kernel, "kernels", new PtxCache(folder)))
                Assert.Equal("module 1, context 1", driver.Live);
        Assert.Equal("no folder", File.ReadAllText(_folder["file"]));
    }

    [SkippableFact]
    public void A_folder_in_the_place_of_an_entry_prevents_nothing()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        Directory.CreateDirectory(_folder[new CubinKey([.. Kernel, 0], device).FileName]);
        for (var i = 0; i < 2; i++)
            Assert.Equal(Miss(Kernel), Load(driver, device, Kernel));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [SkippableFact]
    public void The_folder_is_created_where_it_is_needed()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        using (new CudaModule(device, Kernel, "kernels", new PtxCache(Path.Combine(_folder["a"], "b"))))
            Assert.Single(Directory.GetFiles(Path.Combine(_folder["a"], "b")));
    }

    [SkippableFact]
    public void Many_at_once_leave_one_whole_entry()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        Parallel.For(0, 64, i =>
        {
            // Readers must meet files that are being replaced.
            if (i % 4 == 0)
                Cache.Store(new CubinKey([.. Kernel, 0], device), "damage"u8);
            using var module = new CudaModule(device, Kernel, "kernels", Cache);
            module.GetKernel("Kernel");
        });
        Load(driver, device, Kernel);
        Assert.Equal(Hit, Load(driver, device, Kernel));
        Assert.Single(Directory.GetFiles(_folder.Path));
        Assert.Equal("context 1", driver.Live);
    }

    [Fact]
    public void A_path_is_needed()
    {
        Assert.Throws<ArgumentException>(() => new PtxCache(" "));
        Assert.Throws<ArgumentNullException>(() => new PtxCache(null!));
    }

    private PtxCache Cache => new(_folder.Path);

    private static string[] Miss(byte[] ptx) =>
        ["cuLinkCreate_v2(0)", $"cuLinkAddData_v2(1, {ptx.Length + 1}, 0)", "cuLinkComplete()", "cuLinkDestroy()", "cuModuleLoadDataEx(cubin, 0)"];

    /// <summary>What loading calls, without the context's part.</summary>
    private string[] Load(FakeDriver driver, CudaDevice device, byte[] ptx)
    {
        driver.TakeLog();
        using var module = new CudaModule(device, ptx, "kernels", Cache);
        return [.. driver.TakeLog().Where(call => !call.StartsWith("cuCtx", StringComparison.Ordinal))];
    }
}
