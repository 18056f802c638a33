namespace Rllc.Generators;

/// <summary>Prints what stands for the device's part of an optimizer whose spec has an error, beside what <see cref="StubFile"/> prints.</summary>
internal static class DeviceStubFile
{
    public static string Print(StubPlan plan) => PartialClass.PrintForDevices(plan.Type, writer =>
    {
        using (writer.Open($"partial class {plan.Type.Name}"))
        {
            writer.Line($"/// <summary>No optimizer: its spec has an error.</summary>");
            DeviceFile.PrintClass(writer);
            writer.Line();
            writer.Line($"/// <summary>No kernels: the declared spec has an error.</summary>");
            DevicePass.PrintHidden(writer);
            using (writer.Open($"{DevicePass.Class}"))
            {
                PrintThrowing(writer, DevicePass.Project);
                writer.Line();
                PrintThrowing(writer, DevicePass.Advance);
                writer.Line();
                PrintThrowing(writer, DevicePass.ProjectAndAdvance);
            }
        }
    });

    private static void PrintThrowing(SourceWriter writer, string kernel)
    {
        writer.Line($"/// <summary>Throws: the declared spec has an error.</summary>");
        writer.Line($"{kernel} => throw Error();");
    }
}
