namespace Rllc.Generators;

/// <summary>Prints what a user of an Adam of TorchSharp's parameters touches: its formula and its cost in words, constants, constructors, options.</summary>
internal static class MomentTorchFile
{
    public static string Print(MomentPlan plan) => PartialClass.Print(plan.Type, writer =>
    {
        MomentFile.PrintHeader(writer, plan);
        using (writer.Open($"partial class {plan.Type.Name} : global::Rllc.TorchMomentOptimizer"))
        {
            MomentFile.PrintDeclared(writer, plan);
            writer.Line();
            TorchFile.PrintConstructors(writer, plan.Type.Name, "Formula");
            writer.Line();
            OptimizerFile.PrintOptions(writer, plan.Hyperparameters, "global::Rllc.TorchMomentOptions");
            writer.Line();
            writer.Line($"/// <inheritdoc/>");
            writer.Line($"protected override global::Rllc.MomentOptimizer CreateOnCpu(global::System.ReadOnlySpan<long> lengths, global::Rllc.MomentOptions options) => new CpuKernels(lengths, options);");
        }
    });
}
