using System.Reflection;
using System.Text;

namespace Rllc.Kernels.Tests;

/// <summary>Holds what the generator emits to what a GPU is to be given.</summary>
public class EmittedPtxTests
{
    private const string Quad = "v4.f32";

    private static readonly string[] Names = ["Project", "Advance", "ProjectAndAdvance"];

    public static TheoryData<Type, MemoryFormat> Kernels
    {
        get
        {
            var kernels = new TheoryData<Type, MemoryFormat>();
            foreach (var optimizer in typeof(Declared).GetNestedTypes())
                foreach (var format in Enum.GetValues<MemoryFormat>())
                    kernels.Add(optimizer, format);
            return kernels;
        }
    }

    [Theory, MemberData(nameof(Kernels))]
    public void An_entry_has_the_name_that_ILGPU_makes_of_its_method(Type optimizer, MemoryFormat format) =>
        Assert.All(Names, name => Assert.Contains($".visible .entry Kernel_{name}(", Compile(optimizer, name, format), StringComparison.Ordinal));

    [Theory, MemberData(nameof(Kernels))]
    public void Nothing_is_slow_unresolved_or_inexact(Type optimizer, MemoryFormat format) => Assert.All(Names, name =>
    {
        var ptx = Compile(optimizer, name, format);
        Assert.True(Ascii.IsValid(ptx));
        Assert.DoesNotContain(".local", ptx, StringComparison.Ordinal);
        Assert.DoesNotContain(".extern", ptx, StringComparison.Ordinal);
        Assert.DoesNotContain(".approx", ptx, StringComparison.Ordinal);
        // A load or store without a state space finds out at run time where its address is.
        Assert.DoesNotMatch(@"\b(ld|st)\.(?!param|global|shared)", ptx);
    });

    [Theory, MemberData(nameof(Kernels))]
    public void Project_loads_the_gradient_and_every_unit_of_a_quad_at_once(Type optimizer, MemoryFormat format)
    {
        var block = QuadLoop(Compile(optimizer, "Project", format));

        Assert.Equal(Accesses("ld", format, quads: 1, units: UnitCount(optimizer)), block.Loads.Order());
        Assert.Empty(block.Stores);
    }

    [Theory, MemberData(nameof(Kernels))]
    public void Advance_loads_only_units_that_the_new_memory_is_made_of(Type optimizer, MemoryFormat format)
    {
        var block = QuadLoop(Compile(optimizer, "Advance", format));

        Assert.Equal(Accesses("ld", format, quads: 2, units: OldUnitCount(optimizer)), block.Loads.Order());
        Assert.Equal(Accesses("st", format, quads: 1, units: UnitCount(optimizer)), block.Stores.Order());
    }

    [Theory, MemberData(nameof(Kernels))]
    public void ProjectAndAdvance_loads_and_stores_everything_of_a_quad_once(Type optimizer, MemoryFormat format)
    {
        var block = QuadLoop(Compile(optimizer, "ProjectAndAdvance", format));

        Assert.Equal(Accesses("ld", format, quads: 2, units: UnitCount(optimizer)), block.Loads.Order());
        Assert.Equal(Accesses("st", format, quads: 1, units: UnitCount(optimizer)), block.Stores.Order());
    }

    [Theory, MemberData(nameof(Kernels))]
    public void Everything_is_loaded_before_something_is_stored(Type optimizer, MemoryFormat format) =>
        Assert.All(["Advance", "ProjectAndAdvance"], name =>
        {
            // θ of a quad and of a single element.
            var bodies = PtxBlock.Of(Compile(optimizer, name, format)).Where(block => block.Stores.Any(store => store.EndsWith(".f32", StringComparison.Ordinal))).ToList();
            Assert.Equal(2, bodies.Count);
            Assert.All(bodies, block => Assert.True(block.LoadsBeforeItStores));
        });

    private static string Compile(Type optimizer, string name, MemoryFormat format) =>
        KernelText.Compile(optimizer.GetNestedType("DeviceKernels")!, name, format);

    // What sums MᵀM loads quads too, but does less with them.
    private static PtxBlock QuadLoop(string ptx) => PtxBlock.Of(ptx)
        .Where(block => block.Loads.Any(load => load.EndsWith(Quad, StringComparison.Ordinal)))
        .MaxBy(block => block.Instructions.Count)!;

    // θ and g are float32; a quad of bfloat16 is 64 bits.
    private static IEnumerable<string> Accesses(string operation, MemoryFormat format, int quads, int units)
    {
        var unit = format == MemoryFormat.Float32 ? Quad : "v2.b32";
        return Enumerable.Repeat($"{operation}.global.{Quad}", quads).Concat(Enumerable.Repeat($"{operation}.global.{unit}", units)).Order();
    }

    private static int UnitCount(Type optimizer) => Memory(optimizer).UnitCount;

    // The units whose row of B is not zero.
    private static int OldUnitCount(Type optimizer)
    {
        var memory = Memory(optimizer);
        return Enumerable.Range(0, memory.UnitCount).Count(unit => Enumerable.Range(0, memory.UnitCount).Any(column => memory.B[unit, column] != 0));
    }

    private static LinearMemory Memory(Type optimizer) =>
        LinearMemory.Parse(optimizer.GetNestedType("DeviceKernels")!.GetCustomAttribute<StepKernelsAttribute>()!.Spec);
}
