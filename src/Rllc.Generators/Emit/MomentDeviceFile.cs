namespace Rllc.Generators;

/// <summary>Prints an Adam on a device.</summary>
internal static class MomentDeviceFile
{
    public static string Print(MomentPlan plan) => PartialClass.PrintForDevices(plan.Type, writer =>
    {
        using (writer.Open($"partial class {plan.Type.Name}"))
        {
            writer.Line($"/// <summary>The optimizer on a device, where its memory, the parameters and the gradients are; no step waits for the host.</summary>");
            using (writer.Open($"public sealed class Device : global::Rllc.Kernels.DeviceMomentOptimizer"))
            {
                DeviceFile.PrintConstructor(writer, "Formula", "n, the number of parameters.", "long", "length", "new[] { length }");
                writer.Line();
                DeviceFile.PrintConstructor(writer, "Formula", "The numbers of parameters of several tensors.", "global::System.ReadOnlySpan<long>", "lengths", "lengths");
            }
        }
    });
}
