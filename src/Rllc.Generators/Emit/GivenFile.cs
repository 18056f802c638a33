namespace Rllc.Generators;

/// <summary>Prints what takes laws of the memory that a class gives by matrices to laws of its propagators, and back.</summary>
internal static class GivenFile
{
    /// <summary>From a given law to one of the optimizer.</summary>
    public const string FromGivenLaw = "public static double[] FromGivenLaw(global::System.ReadOnlySpan<double> givenLaw)";

    /// <summary>From a law of the optimizer to a given one.</summary>
    public const string ToGivenLaw = "public static double[] ToGivenLaw(global::System.ReadOnlySpan<double> law)";

    /// <summary>The constant Q.</summary>
    public const string Q = "public static global::System.ReadOnlySpan<double> Q";

    /// <summary>The constant Q⁺.</summary>
    public const string PseudoInverse = "public static global::System.ReadOnlySpan<double> PseudoInverseOfQ";

    public static string Print(OptimizerPlan plan, GivenPlan given) => PartialClass.Print(plan.Type, writer =>
    {
        using (writer.Open($"partial class {plan.Type.Name}"))
        {
            writer.Line($"/// <summary>Q, from the given units to those of this optimizer, M = M_given·Q: {given.Q.Count}×{given.PseudoInverse.Count}, row by row.</summary>");
            PrintMatrix(writer, Q, given.Q);
            writer.Line();
            writer.Line($"/// <summary>Q⁺, back to the given units, M_given = M·Q⁺: {given.PseudoInverse.Count}×{given.Q.Count}, row by row.</summary>");
            PrintMatrix(writer, PseudoInverse, given.PseudoInverse);
            writer.Line();
            writer.Line($"/// <summary>The law that takes the steps of a law of the given units: Q⁺·L_given.</summary>");
            writer.Line($"/// <param name=\"givenLaw\">L_given, {given.Q.Count} coefficients.</param>");
            writer.Line($"/// <exception cref=\"global::System.ArgumentException\">The law has another length.</exception>");
            writer.Line($"{FromGivenLaw} => global::Rllc.LawConversion.Convert(PseudoInverseOfQ, {given.PseudoInverse.Count}, givenLaw);");
            writer.Line();
            writer.Line($"/// <summary>The shortest law of the given units that takes the steps of a law of this optimizer: Q·L.</summary>");
            writer.Line($"/// <param name=\"law\">L, {given.PseudoInverse.Count} coefficients.</param>");
            writer.Line($"/// <exception cref=\"global::System.ArgumentException\">The law has another length.</exception>");
            writer.Line($"{ToGivenLaw} => global::Rllc.LawConversion.Convert(Q, {given.Q.Count}, law);");
        }
    });

    private static void PrintMatrix(SourceWriter writer, string property, EquatableArray<string> rows)
    {
        writer.Line($"{property} => new double[]");
        writer.Line($"{{");
        foreach (var row in rows)
            writer.Line($"    {row},");
        writer.Line($"}};");
    }
}
