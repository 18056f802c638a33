using System.Text.RegularExpressions;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Rllc.Kernels.Tests;

/// <summary>Settings and addresses go to the device when they change, and at no other time.</summary>
public sealed class UploadsTests(CpuDevice device) : IClassFixture<CpuDevice>
{
    private const int Length = 2 * TensorBatch.Length + 3;

    [Fact]
    public void Only_what_has_changed_is_uploaded()
    {
        using var settings = device.Accelerator.Allocate1D(new LawSettings[1]);
        using var tensors = device.Accelerator.Allocate1D(new DeviceTensor[Length]);
        var views = new StepViews { Law = new() { Settings = settings.View.BaseView }, Elements = new() { Tensors = tensors.View.BaseView } };
        var uploads = new Uploads<LawSettings>(device.Accelerator, views.Law.Settings, views.Elements.Tensors);
        DeviceTensor[] table = [.. Enumerable.Range(1, Length).Select(i => new DeviceTensor { Parameters = i, Gradient = -i })];
        var first = LawSettings.From(new() { LearningRate = 0.1 });
        uploads.Update(device.Accelerator.DefaultStream, first, table);
        Assert.Equal(first, settings.View[0]);
        Assert.Equal(table, tensors.GetAsArray1D());
        Assert.Equal(table, uploads.Tensors.ToArray());

        // What the device has is overwritten: only an upload brings it back.
        settings.MemSetToZero();
        tensors.MemSetToZero();
        uploads.Update(device.Accelerator.DefaultStream, first, table);
        Assert.Equal(default, settings.View[0]);
        Assert.All(tensors.GetAsArray1D(), entry => Assert.Equal(default, entry));

        table[^1].Gradient = 0;
        uploads.Update(device.Accelerator.DefaultStream, first, table);
        Assert.Equal(default, settings.View[0]);
        Assert.Equal([.. new DeviceTensor[2 * TensorBatch.Length], .. table[^3..]], tensors.GetAsArray1D());

        var second = first with { SomeHaveNoGradient = 1 };
        uploads.Update(device.Accelerator.DefaultStream, second, table);
        Assert.Equal(second, settings.View[0]);
        Assert.Equal(default, tensors.View[0]);
    }

    [Theory]
    [InlineData(nameof(UploadKernels.WriteSettings), typeof(LawSettings), 16 + 72)]
    [InlineData(nameof(UploadKernels.WriteSettings), typeof(MomentSettings), 16 + 72)]
    [InlineData(nameof(UploadKernels.WriteTensors), null, 16 + 32 * TensorBatch.Length)]
    public void They_compile_for_a_GPU_into_registers(string name, Type? settings, int argumentBytes)
    {
        var method = typeof(UploadKernels).GetMethod(name)!;
        using var context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2));
        using var backend = new PTXBackend(context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_70, null!);
        var entry = EntryPointDescription.FromExplicitlyGroupedKernel(settings is null ? method : method.MakeGenericMethod(settings));
        var ptx = ((PTXCompiledKernel)backend.Compile(entry, KernelSpecialization.Empty)).PTXAssembly;
        var bytes = Regex.Matches(Regex.Match(ptx, @"\.entry [^)]*\)").Value, @"\.b8 [^\[]*\[(\d+)\]").Sum(match => int.Parse(match.Groups[1].Value));
        Assert.Equal(argumentBytes, bytes);
        Assert.DoesNotContain(".local", ptx);
        Assert.DoesNotContain(".extern", ptx);
    }
}
