using System.Text;
using System.Text.RegularExpressions;

namespace Rllc.Kernels.Tests;

/// <summary>The PTX of memory rules, as a GPU's driver is to be given it.</summary>
public sealed class RulePtxTests
{
    public static TheoryData<Type, MemoryFormat> Modules
    {
        get
        {
            var modules = new TheoryData<Type, MemoryFormat>();
            foreach (var optimizer in typeof(DeclaredRules).GetNestedTypes())
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
        StepPtx.Check(ptx, ((RuleKernelsAttribute)Attribute.GetCustomAttribute(kernels, typeof(RuleKernelsAttribute))!).Memory, format);
        Assert.Throws<ArgumentException>(() => StepPtx.Check(ptx, LinearMemory.Parse("M(0.9)"), format));
        var text = Encoding.ASCII.GetString(ptx);
        Assert.EndsWith($" {optimizer.FullName}", text.Split('\n')[0], StringComparison.Ordinal);
        Assert.Equal(StepPtx.Entries, Regex.Matches(text, @"\.visible \.entry (\w+)\(").Select(match => match.Groups[1].Value));
        Assert.DoesNotMatch(@"\b(ld|st)\.(v\d\.)?[bfsu]\d", text);
        Assert.DoesNotMatch(@"\.local|\.extern|\.approx|\.full", text);
    }

    // The rule is inlined into the loop: nothing is kept elsewhere than in registers, and nothing is called.
    [Theory]
    [InlineData(typeof(DeclaredRules.AdamMix), 4, 5)]
    [InlineData(typeof(DeclaredRules.SignMomentum), 3, 3)]
    [InlineData(typeof(DeclaredRules.Lion), 3, 2)]
    public void A_quad_of_a_step_is_the_loads_of_what_the_rule_reads_and_then_the_stores(Type optimizer, int loads, int stores)
    {
        var text = KernelText.Compile(optimizer.GetNestedType("DeviceKernels")!, "Advance", MemoryFormat.Float32);
        var quads = Regex.Matches(text, @"\b(ld|st)\.global\.v4\.f32").Select(match => match.Groups[1].Value);
        Assert.Equal([.. Enumerable.Repeat("ld", loads), .. Enumerable.Repeat("st", stores)], quads);
        Assert.DoesNotMatch(@"\bcall\b", text);
    }

    [SkippableTheory, MemberData(nameof(Modules))]
    public async Task Threads_keep_all_of_a_step_in_registers(Type optimizer, MemoryFormat format)
    {
        Skip.IfNot(PtxAssembler.IsFound, PtxAssembler.WhereMissing);
        var kernels = await PtxAssembler.AssembleAsync(PtxCompiler.Compile(optimizer.GetNestedType("DeviceKernels")!, format), "sm_80");
        var advance = kernels.Single(kernel => kernel.Name == "Advance");
        Assert.Equal((0, 0), (advance.StackBytes, advance.SpillBytes));
        Assert.InRange(advance.Registers, 1, 64);
        // ptxas 11.8 rather parks a few numbers of a pass that sums than take another step of registers.
        Assert.All(kernels, kernel => Assert.InRange(kernel.SpillBytes, 0, 64));
    }
}
