namespace Rllc.Cuda.Tests;

public class ModuleTests
{
    [SkippableFact]
    public void Ptx_without_a_cache_is_loaded_as_it_is()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        driver.TakeLog();
        using var module = new CudaModule(device, Ptx.Kernel("Kernel", ".u32 _a"), "kernels", PtxCache.None);
        Assert.Equal("Kernel", module.GetKernel("Kernel").Name);
        Assert.Equal(
            [
                "cuCtxPushCurrent_v2(0)", "cuModuleLoadDataEx(ptx, 4)", "cuCtxPopCurrent_v2()",
                "cuCtxPushCurrent_v2(0)", "cuModuleGetFunction(Kernel)", "cuCtxPopCurrent_v2()",
            ],
            driver.TakeLog());
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ptx_that_does_not_compile_is_shown_with_the_compiler_s_log(bool cached)
    {
        using var driver = new FakeDriver();
        using var folder = new TemporaryFolder();
        using var device = new CudaDevice(0);
        var thrown = Assert.Throws<CudaException>(() => new CudaModule(
            device, Ptx.Broken, "the kernels of MomentumMix", cached ? new PtxCache(folder.Path) : PtxCache.None));
        Assert.Equal(
            $"Loading the kernels of MomentumMix failed with CUDA_ERROR_INVALID_PTX (218): a PTX JIT compilation failed{Environment.NewLine}"
            + $"ptxas application ptx input, line 3; fatal   : Parsing error near 'this is no PTX': syntax error{Environment.NewLine}"
            + "ptxas info    : 0 bytes gmem",
            thrown.Message);
        Assert.Equal("context 1", driver.Live);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [SkippableFact]
    public void A_kernel_that_is_not_there_is_named()
    {
        using var driver = new FakeDriver();
        using var device = new CudaDevice(0);
        using var module = new CudaModule(device, Ptx.Kernel("Kernel"), "the kernels of MomentumMix", PtxCache.None);
        var thrown = Assert.Throws<CudaException>(() => module.GetKernel("Kernal"));
        Assert.Equal("Finding 'Kernal' in the kernels of MomentumMix failed with CUDA_ERROR_NOT_FOUND (500): named symbol not found", thrown.Message);
    }
}
