using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Rllc.Kernels.Tests.Faulty;

namespace Rllc.Kernels.Tests;

public class PtxCompilerTests
{
    public static TheoryData<MemoryFormat> Formats => [.. Enum.GetValues<MemoryFormat>()];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_module_has_the_kernels_of_all_steps_under_their_names_and_says_whose_they_are(MemoryFormat format)
    {
        var ptx = PtxCompiler.Compile(typeof(Declared.MomentumMix.DeviceKernels), format);
        StepPtx.Check(ptx, LinearMemory.Parse("M(0.9) ⊕ M(0)"), format);
        var text = Encoding.ASCII.GetString(ptx);
        Assert.All(ptx, value => Assert.InRange(value, (byte)'\t', (byte)'~'));
        Assert.DoesNotContain('\r', text);
        Assert.EndsWith(" Rllc.Kernels.Tests.Declared+MomentumMix", text.Split('\n')[0], StringComparison.Ordinal);
        Assert.Equal([".version 7.0", ".target sm_80", ".address_size 64"], text.Split('\n')[1..4]);
        Assert.Single(Regex.Matches(text, @"\.version"));
        Assert.Equal(StepPtx.Entries, Regex.Matches(text, @"\.visible \.entry (\w+)\(").Select(match => match.Groups[1].Value));
        Assert.Equal(StepPtx.Entries.Count, Regex.Count(text, @"^\.maxntid 256, 1, 1$", RegexOptions.Multiline));
        // One argument, the same for all: 16 views of 16 bytes, the number of rows, that of chunks and what aligns the next.
        Assert.Equal(StepPtx.Entries.Count, Regex.Count(text, @"\.entry \w+\(\s*\.param \.align 8 \.b8 _step_\d+\[272\]\s*\)"));
        // Quads are loaded and stored as such.
        Assert.Contains("ld.global.v4.f32", text, StringComparison.Ordinal);
        Assert.Contains("st.global.v4.f32", text, StringComparison.Ordinal);
        // Generic addresses would cost a look-up at every access.
        Assert.DoesNotMatch(@"\b(ld|st)\.(v\d\.)?[bfsu]\d", text);
    }

    [Fact]
    public void The_same_bytes_come_out_in_every_order_and_in_every_culture()
    {
        var formats = Enum.GetValues<MemoryFormat>();
        var forwards = formats.Select(format => PtxCompiler.Compile(typeof(Declared.MomentumMix.DeviceKernels), format)).ToList();
        var culture = CultureInfo.CurrentCulture;
        try
        {
            // Finnish writes a minus that is no ASCII.
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("fi-FI");
            var backwards = formats.Reverse().Select(format => PtxCompiler.Compile(typeof(Declared.MomentumMix.DeviceKernels), format)).Reverse();
            Assert.Equal(forwards, backwards);
            Assert.Equal("fi-FI", CultureInfo.CurrentCulture.Name);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
        Assert.Equal(3, forwards.Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public void Threads_compile_at_the_same_time_without_disturbing_each_other()
    {
        var alone = PtxCompiler.Compile(typeof(Declared.MomentumMix.DeviceKernels), MemoryFormat.Float32);
        var together = new byte[4][];
        Parallel.For(0, together.Length, i => together[i] = PtxCompiler.Compile(typeof(Declared.MomentumMix.DeviceKernels), MemoryFormat.Float32));
        Assert.All(together, ptx => Assert.Equal(alone, ptx));
    }

    [Fact]
    public void Names_are_numbered_in_order_of_appearance_and_nothing_else_is()
    {
        const string Text = """
            .visible .entry Kernel_Advance(
            	.param .align 8 .b8 _step_4711[272]
            )
            	.shared .align 8 .b8 __shared_alloca0[64];
            	ld.param.b64	%rd1, [_step_4711+8];
            	@%p1 bra	L_47110;
            	call.uni	Round_to_12_815, (_x_1_4712);
            	mov.f64	%fd_1, 0d3FF0000000000000;
            	L_47110:
            """;
        Assert.Equal("""
            .visible .entry Kernel_Advance(
            	.param .align 8 .b8 _step_0[272]
            )
            	.shared .align 8 .b8 __shared_alloca0[64];
            	ld.param.b64	%rd1, [_step_0+8];
            	@%p1 bra	L_1;
            	call.uni	Round_to_12_2, (_x_1_3);
            	mov.f64	%fd_1, 0d3FF0000000000000;
            	L_1:
            """, PtxNames.Renumber(Text));
    }

    [Fact]
    public void A_format_that_is_none_is_refused() =>
        Assert.Equal("format", Assert.Throws<ArgumentOutOfRangeException>(() => PtxCompiler.Compile(typeof(Declared.MomentumMix.DeviceKernels), (MemoryFormat)3)).ParamName);

    [Fact]
    public void A_class_without_the_mark_is_refused() =>
        Refuses(typeof(PtxCompilerTests), "'Rllc.Kernels.Tests.PtxCompilerTests' is no class of kernels: it is marked with none of [StepKernels], [RuleKernels] and [MomentKernels].");

    [Fact]
    public void A_spec_that_is_none_is_refused_with_the_fault() =>
        Refuses(typeof(MisspeltKernels), "'Rllc.Kernels.Tests.Faulty.MisspeltKernels' is marked with the spec 'Mo(0)', which is none: RLLC002");

    [Fact]
    public void A_missing_kernel_is_named() =>
        Refuses(typeof(IncompleteKernels), "'Rllc.Kernels.Tests.Faulty.IncompleteKernels' lacks the kernel 'static void Advance<TElement>(StepViews step)");

    [Fact]
    public void A_kernel_that_ILGPU_refuses_is_named_with_the_reason()
    {
        var error = Assert.Throws<KernelException>(() => PtxCompiler.Compile(typeof(AllocatingKernels), MemoryFormat.Float32));
        Assert.StartsWith("The kernel 'Rllc.Kernels.Tests.Faulty.AllocatingKernels.Advance' does not compile for GPUs: ", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Message.Split("GPUs: ")[1]);
        Assert.Equal("Advance", error.Kernel.Name);
    }

    [Fact]
    public void A_kernel_that_calls_what_ILGPU_has_no_code_for_is_refused_although_ILGPU_lets_it_pass()
    {
        var error = Assert.Throws<KernelException>(() => PtxCompiler.Compile(typeof(UnresolvedKernels), MemoryFormat.Float32));
        Assert.Equal(
            "The kernel 'Rllc.Kernels.Tests.Faulty.UnresolvedKernels.Project' does not compile for GPUs: it uses a function that ILGPU has no code for",
            error.Message);
    }

    private static void Refuses(Type kernels, string message)
    {
        var error = Assert.Throws<ArgumentException>(() => PtxCompiler.Compile(kernels, MemoryFormat.Float32));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }
}
