using System.Text;
using System.Text.RegularExpressions;
using Rllc.Cuda;

namespace Rllc.Kernels.Tests;

/// <summary>The PTX of optimizers by moments, as a GPU's driver is to be given it.</summary>
public sealed class MomentPtxTests
{
    public static TheoryData<Type, MemoryFormat> Modules
    {
        get
        {
            var modules = new TheoryData<Type, MemoryFormat>();
            foreach (var optimizer in typeof(DeclaredMoments).GetNestedTypes())
                foreach (var format in PtxCompiler.FormatsOf(optimizer.GetNestedType("DeviceKernels")!))
                    modules.Add(optimizer, format);
            return modules;
        }
    }

    [Theory, MemberData(nameof(Modules))]
    public void A_module_has_the_kernels_of_a_step_and_says_whose_they_are(Type optimizer, MemoryFormat format)
    {
        var kernels = optimizer.GetNestedType("DeviceKernels")!;
        var ptx = PtxCompiler.Compile(kernels, format);
        StepPtx.Check(ptx, ((MomentKernelsAttribute)Attribute.GetCustomAttribute(kernels, typeof(MomentKernelsAttribute))!).Formula, format);
        var text = Encoding.ASCII.GetString(ptx);
        Assert.All(ptx, value => Assert.InRange(value, (byte)'\t', (byte)'~'));
        Assert.EndsWith($" {optimizer.FullName}", text.Split('\n')[0], StringComparison.Ordinal);
        Assert.Equal(StepPtx.MomentEntries, Regex.Matches(text, @"\.visible \.entry (\w+)\(").Select(match => match.Groups[1].Value));
        // One argument, the same for all: 12 views of 16 bytes, the number of rows, that of chunks and what aligns the next.
        Assert.Equal(3, Regex.Count(text, @"\.entry \w+\(\s*\.param \.align 8 \.b8 _step_\d+\[208\]\s*\)"));
        Assert.Contains("ld.global.v4.f32", text, StringComparison.Ordinal);
        Assert.Contains("st.global.v4.f32", text, StringComparison.Ordinal);
        // Generic addresses would cost a look-up at every access, and fast division or square roots part it from the host.
        Assert.DoesNotMatch(@"\b(ld|st)\.(v\d\.)?[bfsu]\d", text);
        Assert.DoesNotMatch(@"\.local|\.extern|\.approx|\.full", text);
    }

    // The loads of a quad before its stores, and none by fours that the formula does not need.
    [Theory]
    [InlineData(typeof(DeclaredMoments.Adam), 4, 3)]
    [InlineData(typeof(DeclaredMoments.AdamW), 4, 3)]
    [InlineData(typeof(DeclaredMoments.Empty), 4, 3)]
    [InlineData(typeof(DeclaredMoments.RmsProp), 3, 2)]
    [InlineData(typeof(DeclaredMoments.Sgd), 2, 1)]
    public void A_quad_of_a_step_without_a_buffer_is_the_loads_of_what_is_kept_and_then_its_stores(Type optimizer, int loads, int stores)
    {
        var text = KernelText.Compile(optimizer.GetNestedType("DeviceKernels")!, "Advance", MemoryFormat.Float32);
        var quads = Regex.Matches(text, @"\b(ld|st)\.global\.v4\.f32").Select(match => match.Groups[1].Value);
        Assert.Equal([.. Enumerable.Repeat("ld", loads), .. Enumerable.Repeat("st", stores)], quads);
    }

    // 65536 registers for 1280 threads: five groups; with a buffer four.
    [SkippableTheory, MemberData(nameof(Modules))]
    public async Task Threads_keep_all_in_registers_of_which_there_are_enough_for_four_groups_or_five(Type optimizer, MemoryFormat format)
    {
        Skip.IfNot(PtxAssembler.IsFound, PtxAssembler.WhereMissing);
        var hasBuffer = optimizer.GetField("Capacity")?.GetRawConstantValue() is > 0;
        foreach (var architecture in PtxAssembler.Architectures(format))
        {
            var kernels = await PtxAssembler.AssembleAsync(PtxCompiler.Compile(optimizer.GetNestedType("DeviceKernels")!, format), architecture);
            Assert.Equal(StepPtx.MomentEntries.Order(StringComparer.Ordinal), kernels.Select(kernel => kernel.Name));
            // Of one with a buffer ptxas 11.8 rather parks two numbers of the 16 than take more than 40 registers.
            var kept = hasBuffer ? 16 : 0;
            Assert.All(kernels, kernel => Assert.True(kernel.SpillBytes <= (kernel.Name == "Advance" ? kept : 0), $"{kernel} on {architecture}"));
            Assert.InRange(kernels.Single(kernel => kernel.Name == "Advance").Registers, 1, hasBuffer ? 64 : 48);
        }
    }

    [Fact]
    public void A_format_that_moments_are_not_kept_in_is_refused()
    {
        Assert.Equal([MemoryFormat.Float32, MemoryFormat.BFloat16Stochastic], PtxCompiler.FormatsOf(typeof(DeclaredMoments.Adam.DeviceKernels)));
        Assert.Equal("format", Assert.Throws<ArgumentOutOfRangeException>(() => PtxCompiler.Compile(typeof(DeclaredMoments.Adam.DeviceKernels), MemoryFormat.BFloat16)).ParamName);
    }

    [Fact]
    public void Kernels_of_another_formula_or_format_are_told_apart()
    {
        var ptx = PtxCompiler.Compile(typeof(DeclaredMoments.Adam.DeviceKernels), MemoryFormat.Float32);
        var formula = new MomentFormula { Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8, IsDecoupled = false };
        StepPtx.Check(ptx, formula, MemoryFormat.Float32);
        Assert.Contains("another memory or format", Assert.Throws<ArgumentException>(() => StepPtx.Check(ptx, formula with { Beta1 = 0.8 }, MemoryFormat.Float32)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => StepPtx.Check(ptx, formula, MemoryFormat.BFloat16Stochastic));
        Assert.Throws<ArgumentException>(() => StepPtx.Check(ptx, LinearMemory.Parse("M(0.9)"), MemoryFormat.Float32));
    }

    [Fact]
    public void Their_argument_for_the_driver_has_the_fields_of_the_kernels_one_in_their_order() =>
        Assert.Equal(StepArgumentsTests.Leaves(typeof(MomentViews)), StepArgumentsTests.Leaves(typeof(MomentArguments)));
}
