using Microsoft.CodeAnalysis;
using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests;

public sealed class DeviceTests
{
    private const string Use = """
        internal static class Program
        {
            public static Mix.Device One(ILGPU.Runtime.Accelerator accelerator) => new(accelerator, 3, new() { LearningRate = 0.01 });
            public static Mix.Device Several(ILGPU.Runtime.Accelerator accelerator) => new Mix.Device(accelerator, [3, 5]);
            public static Rllc.Kernels.DeviceOptimizer Any(ILGPU.Runtime.Accelerator accelerator) => One(accelerator);
        }
        """;

    public static TheoryData<int> References => [.. Enumerable.Range(0, DeviceReferences.All.Length)];

    [Theory]
    [InlineData("M(0.9)")]
    [InlineData("M(0.9) ⊕ N(0.5)")]
    public void Nothing_is_emitted_for_devices_where_the_kernels_are_not_referenced(string spec)
    {
        var project = Declare(spec).Generate();

        Assert.DoesNotContain(project.Files, file => file.Value.Contains("Device", StringComparison.Ordinal));
        Assert.Empty(project.Compilation.GetTypeByMetadataName("Mix")!.GetTypeMembers("Device"));
    }

    [Fact]
    public void A_type_of_the_user_with_the_name_of_the_kernels_argument_in_another_namespace_is_no_reference() =>
        Assert.Equal(3, Declare("M(0.9)", "namespace Kernels { struct StepViews; }").Generate().Files.Count);

    [Theory, MemberData(nameof(References))]
    public void An_optimizer_on_a_device_is_made_of_one_length_or_several(int references) => Assert.Empty(Declare("M(0.9) ⊕ M(0)", Use)
        .Referencing(DeviceReferences.All[references]).Generate().Diagnostics);

    [Theory]
    [InlineData("M(0.9) ⊕ N(0.5)")]
    [InlineData("M(1.5)")]
    [InlineData("")]
    public void Code_around_a_class_with_an_illegal_spec_compiles(string spec) => Assert.All(DeviceReferences.All, references =>
        Assert.Empty(Declare(spec, Use).Referencing(references).Generate().Diagnostics));

    [Theory, MemberData(nameof(References))]
    public void Types_of_the_user_do_not_hide_those_of_the_kernels(int references)
    {
        var project = ConsumerProject.Of("""
            namespace Space;

            internal class System; internal class ILGPU; internal class Rllc; internal class Group; internal class Float4; internal class StepViews;

            [global::Rllc.Propagator("M(0.9) ⊕ M(0)")]
            internal sealed partial class Mix
            {
                internal class System; internal class ILGPU; internal class Rllc; internal class Group; internal class Float4; internal class GroupSums;
            }
            """).Referencing(DeviceReferences.All[references]).Generate();

        Assert.Empty(project.Diagnostics);
    }

    [Theory]
    [InlineData("", "Mix", "Mix")]
    [InlineData("namespace @namespace.record;", "@class", "namespace.record.class")]
    public void The_kernels_name_their_optimizer_as_metadata_does(string space, string name, string expected)
    {
        var project = ConsumerProject.Of($"{space}\n[Rllc.Propagator(\"M(0.9)\")] internal sealed partial class {name};").Referencing(DeviceReferences.Surface);

        Assert.Equal([expected, "M(0.9)"], Attribute(project.Generate().Compilation, expected));
    }

    [Fact]
    public void The_kernels_of_a_nested_optimizer_name_all_types_around_it()
    {
        var project = ConsumerProject.Of("""
            namespace Space;

            internal static partial class Outer
            {
                internal partial struct @event
                {
                    [Rllc.Propagator("M(0.9) + M(0)")] internal sealed partial class Mix;
                }
            }
            """).Referencing(DeviceReferences.Surface);

        Assert.Equal(["Space.Outer+event+Mix", "M(0.9) ⊕ M(0)"], Attribute(project.Generate().Compilation, "Space.Outer+event+Mix"));
    }

    [Fact]
    public void A_stub_has_no_kernels_for_a_compiler_to_find()
    {
        var kernels = Declare("M(1.5)").Referencing(DeviceReferences.Surface).Generate().Compilation.GetTypeByMetadataName("Mix+DeviceKernels")!;

        Assert.Equal(["Advance", "Project", "ProjectAndAdvance"], kernels.MemberNames.Order());
        Assert.DoesNotContain(kernels.GetAttributes(), attribute => attribute.AttributeClass!.Name == "StepKernelsAttribute");
    }

    private static ConsumerProject Declare(string spec, params string[] others) =>
        ConsumerProject.Of([$"[Rllc.Propagator(\"{spec}\")] internal sealed partial class Mix;", .. others]);

    private static object?[] Attribute(Compilation compilation, string type) =>
        [.. compilation.GetTypeByMetadataName($"{type}+DeviceKernels")!.GetAttributes()
            .Single(attribute => attribute.AttributeClass!.ToDisplayString() == "Rllc.Kernels.StepKernelsAttribute")
            .ConstructorArguments.Select(argument => argument.Value)];
}
