using System.Runtime.InteropServices;
using Rllc.Emulation.Tests.Emulator;

namespace Rllc.Emulation.Tests;

/// <summary>The emulator refuses what a GPU leaves undefined, and what it does not know.</summary>
public sealed unsafe class EmulatorTests
{
    [Fact]
    public void Threads_load_compute_and_store()
    {
        var numbers = Enumerable.Range(0, 64).Select(i => (float)i).ToArray();
        Run("""
            	ld.param.b64	%rd1, [_step_1];
            	mov.b32	%r1, %tid.x;
            	mul.wide.u32	%rd2, %r1, 4;
            	add.u64	%rd1, %rd1, %rd2;
            	ld.global.f32	%f1, [%rd1];
            	mul.f32	%f1, %f1, 0f40000000;
            	setp.lt.s32	%p1, %r1, 3;
            	@%p1 bra	L_1;
            	add.f32	%f1, %f1, 0f3F800000;
            	L_1:
            	st.global.f32	[%rd1], %f1;
            	ret;
            """, numbers);
        Assert.Equal([0, 2, 4, 7, 9], numbers[..5]);
        Assert.Equal(127, numbers[63]);
    }

    [Fact]
    public void Lanes_take_from_lanes_further_up_and_keep_their_own_beyond_the_warp()
    {
        var numbers = Enumerable.Range(0, 64).Select(i => (float)i).ToArray();
        Run(Element + """
            	shfl.sync.down.b32	%f1, %f1, 16, 31, 4294967295;
            	st.global.f32	[%rd1], %f1;
            	ret;
            """, numbers);
        Assert.Equal((16, 31, 16, 31), (numbers[0], numbers[15], numbers[16], numbers[31]));
        Assert.Equal((48, 63), (numbers[32], numbers[63]));
    }

    [Theory]
    [InlineData("bar.sync	0;", "not all threads of a group come to the same barrier")]
    [InlineData("shfl.sync.down.b32	%f1, %f1, 16, 31, 4294967295;", "not all lanes of a warp come to the same shuffle")]
    public void Threads_that_part_before_they_must_be_together_are_refused(string instruction, string message)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Run($"""
            	mov.b32	%r1, %tid.x;
            	setp.lt.s32	%p1, %r1, 3;
            	@%p1 bra	L_1;
            	{instruction}
            	L_1:
            	ret;
            """, new float[64]));
        Assert.Contains(message, exception.Message);
    }

    [Theory]
    [InlineData("ld.global.f32	%f1, [%rd1+256];", "must not be read")]
    [InlineData("st.global.f32	[%rd1+256], %f1;", "must not be written")]
    [InlineData("ld.global.v4.f32	{%f1, %f2, %f3, %f4}, [%rd1+4];", "no multiple")]
    [InlineData("ld.param.b64	%rd2, [_step_1+8];", "of 8 bytes of param memory")]
    [InlineData("ld.f32	%f1, [%rd1];", "ld.f32")]
    [InlineData("sin.approx.f32	%f1, %f1;", "sin.approx.f32")]
    [InlineData("add.rz.f32	%f1, %f1, %f1;", "add.rz.f32")]
    public void Wrong_accesses_and_unknown_instructions_are_refused(string instruction, string message)
    {
        var exception = Record.Exception(() => Run($"""
            	ld.param.b64	%rd1, [_step_1];
            	{instruction}
            	ret;
            """, new float[64]));
        Assert.NotNull(exception);
        Assert.Contains(message, exception.Message);
    }

    [Theory]
    [InlineData("gtu", true)]
    [InlineData("gt", false)]
    [InlineData("neu", true)]
    [InlineData("ne", false)]
    [InlineData("equ", true)]
    [InlineData("eq", false)]
    public void What_is_not_a_number_compares_as_the_name_says(string comparison, bool expected)
    {
        float[] numbers = [.. Enumerable.Repeat(float.NaN, 64)];
        Run(Element + $"""
            	setp.{comparison}.f32	%p1, %f1, 0f3F800000;
            	selp.f32	%f2, 0f3F800000, 0f00000000, %p1;
            	st.global.f32	[%rd1], %f2;
            	ret;
            """, numbers);
        Assert.All(numbers, number => Assert.Equal(expected ? 1 : 0, number));
    }

    // %f1 is the thread's element, %rd1 its address.
    private const string Element = """
        	ld.param.b64	%rd1, [_step_1];
        	mov.b32	%r1, %tid.x;
        	mul.wide.u32	%rd2, %r1, 4;
        	add.u64	%rd1, %rd1, %rd2;
        	ld.global.f32	%f1, [%rd1];

        """;

    private static void Run(string body, float[] numbers)
    {
        var module = new PtxModule($$"""
            .version 7.0
            .visible .entry Test(
            	.param .align 8 .b8 _step_1[8]
            )
            .maxntid 256, 1, 1
            {
            {{body}}
            }
            """.ReplaceLineEndings("\n"));
        var bytes = numbers.Length * sizeof(float);
        var memory = (float*)NativeMemory.AlignedAlloc((nuint)bytes, 256);
        try
        {
            numbers.CopyTo(new Span<float>(memory, numbers.Length));
            var addresses = new DeviceAddresses();
            addresses.Add(memory, bytes);
            new PtxGrid(module, addresses).Launch("Test", groups: 1, threads: numbers.Length, (ulong)memory);
            new Span<float>(memory, numbers.Length).CopyTo(numbers);
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
    }
}
