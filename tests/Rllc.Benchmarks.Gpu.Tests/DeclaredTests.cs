using System.Reflection;
using Rllc.Kernels;

namespace Rllc.Benchmarks.Gpu.Tests;

public class DeclaredTests
{
    [Fact]
    public void The_kernels_of_each_optimizer_are_marked_with_its_own_memory()
    {
        var declared = typeof(Declared).GetNestedTypes(BindingFlags.NonPublic);
        Assert.Equal(3, declared.Length);
        Assert.All(declared, type =>
        {
            var spec = type.GetCustomAttribute<PropagatorAttribute>()!.Spec;
            var kernels = type.GetNestedType("DeviceKernels")!.GetCustomAttribute<StepKernelsAttribute>()!;
            Assert.Equal(spec, kernels.Spec);
            Assert.Equal(type.FullName, kernels.Optimizer);
        });
    }
}
