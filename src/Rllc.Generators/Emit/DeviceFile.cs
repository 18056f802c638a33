namespace Rllc.Generators;

/// <summary>Prints the optimizer on a device.</summary>
internal static class DeviceFile
{
    public static string Print(ClassPlan plan) => PartialClass.PrintForDevices(plan.Type, writer =>
    {
        using (writer.Open($"partial class {plan.Type.Name}"))
        {
            writer.Line($"/// <summary>The optimizer on a device, where its memory, the parameters and the gradients are; no step waits for the host.</summary>");
            PrintClass(writer);
        }
    });

    /// <summary>Prints the class, which takes its memory from DeclaredMemory and its kernels from DeviceKernels.</summary>
    public static void PrintClass(SourceWriter writer)
    {
        using (writer.Open($"public sealed class Device : global::Rllc.Kernels.DeviceOptimizer"))
        {
            PrintConstructor(writer, "DeclaredMemory", "n, the number of parameters.", "long", "length", "new[] { length }");
            writer.Line();
            PrintConstructor(writer, "DeclaredMemory", "The numbers of parameters of several tensors, which share one law.", "global::System.ReadOnlySpan<long>", "lengths", "lengths");
        }
    }

    /// <summary>Prints a constructor.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="declared">The member that the base steps by.</param>
    /// <param name="meaning">What the parameter for lengths is.</param>
    /// <param name="type">Its type.</param>
    /// <param name="name">Its name.</param>
    /// <param name="lengths">An expression for the lengths of all tensors.</param>
    public static void PrintConstructor(SourceWriter writer, string declared, string meaning, string type, string name, string lengths)
    {
        writer.Line($"/// <summary>An optimizer with an empty memory.</summary>");
        writer.Line($"/// <param name=\"accelerator\">The device.</param>");
        writer.Line($"/// <param name=\"{name}\">{meaning}</param>");
        writer.Line($"/// <param name=\"options\">Hyperparameters; null for the defaults.</param>");
        writer.Line($"/// <exception cref=\"global::System.ArgumentException\">A length or an option is out of range, or options contradict each other.</exception>");
        writer.Line($"/// <exception cref=\"global::System.NotSupportedException\">The device cannot run the kernels, or not with this memory or these options.</exception>");
        writer.Line($"public Device(global::ILGPU.Runtime.Accelerator accelerator, {type} {name}, Options? options = null)");
        writer.Line($"    : base(accelerator, {declared}, {lengths}, options ?? new Options(), typeof(DeviceKernels))");
        writer.Line($"{{");
        writer.Line($"}}");
    }
}
