namespace Rllc.Generators;

/// <summary>
/// What the kernels for the CPU of every memory with a law have in common: straight-line loop bodies over vectors, all loads before the
/// first store.
/// </summary>
internal static class CpuPass
{
    private const int Tile = CpuFile.Tile;

    /// <summary>Prints the kernel that sums over the old memory.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="old">The units' old entries.</param>
    /// <param name="printPlace">Prints where an element is in memory.</param>
    /// <param name="printLoads">Prints how these are loaded.</param>
    public static void PrintProject(SourceWriter writer, IReadOnlyList<string> old, Action printPlace, Action printLoads)
    {
        using (Open(writer, CpuFile.Project))
        {
            PrintAccumulators(writer, old.Count);
            writer.Line();
            using (OpenLoop(writer, printPlace))
            {
                writer.Line($"var gradient = TLanes.Load(ref g, i);");
                printLoads();
                writer.Line();
                PrintProjection(writer, old);
            }

            writer.Line();
            PrintSums(writer, old.Count);
        }
    }

    /// <summary>Prints the kernel that writes M and θ.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="printCoefficients">Prints what is the same for all elements.</param>
    /// <param name="printPlace">Prints where an element is in memory.</param>
    /// <param name="printLoads">Prints how what is read of M is loaded.</param>
    /// <param name="printStep">Prints what it becomes, and how it is stored.</param>
    public static void PrintAdvance(SourceWriter writer, Action printCoefficients, Action printPlace, Action printLoads, Action printStep)
    {
        using (Open(writer, CpuFile.Advance))
        {
            printCoefficients();
            writer.Line();
            using (OpenLoop(writer, printPlace))
            {
                writer.Line($"var gradient = TLanes.Load(ref g, i) * scale;");
                printLoads();
                writer.Line($"var parameter = TLanes.Load(ref θ, i) * decay;");
                writer.Line();
                printStep();
            }
        }
    }

    /// <summary>Prints the kernel that does both.</summary>
    /// <inheritdoc cref="PrintAdvance"/>
    /// <param name="writer">Where to.</param>
    /// <param name="old">The units' old entries.</param>
    /// <param name="printCoefficients">Prints what is the same for all elements.</param>
    /// <param name="printPlace">Prints where an element is in memory.</param>
    /// <param name="printLoads">Prints how M is loaded.</param>
    /// <param name="printStep">Prints what it becomes, and how it is stored.</param>
    public static void PrintProjectAndAdvance(
        SourceWriter writer, IReadOnlyList<string> old, Action printCoefficients, Action printPlace, Action printLoads, Action printStep)
    {
        using (Open(writer, CpuFile.ProjectAndAdvance))
        {
            printCoefficients();
            PrintAccumulators(writer, old.Count);
            writer.Line();
            using (OpenLoop(writer, printPlace))
            {
                writer.Line($"var gradient = TLanes.Load(ref g, i);");
                printLoads();
                writer.Line($"var parameter = TLanes.Load(ref θ, i) * decay;");
                writer.Line();
                PrintProjection(writer, old);
                writer.Line();
                writer.Line($"gradient *= scale;");
                writer.Line();
                printStep();
            }

            writer.Line();
            PrintSums(writer, old.Count);
        }
    }

    /// <summary>Prints the factors of a step.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="units">k.</param>
    /// <param name="hasMemory">Whether anything is kept, which may be rounded at random.</param>
    public static void PrintFactors(SourceWriter writer, int units, bool hasMemory)
    {
        writer.Line($"var scale = TLanes.Create(step.GradientScale);");
        writer.Line($"var decay = TLanes.Create(step.Decay);");
        writer.Line($"// l = −c₁L");
        for (var unit = 0; unit < units; unit++)
            writer.Line($"var l{unit} = TLanes.Create(step.Law[{unit}]);");
        if (hasMemory)
            writer.Line($"var dither = step.Dither;");
    }

    /// <summary>
    /// Prints where element i is in memory: m is where that of unit 0 is, and between the tiles before it, i rounded down, lie those of the others.
    /// </summary>
    /// <param name="writer">Where to.</param>
    /// <param name="count">How many numbers are kept for each parameter.</param>
    /// <param name="what">What they are.</param>
    public static void PrintPlace(SourceWriter writer, int count, string what)
    {
        writer.Line($"// M: {Tile} elements of each {what} in turn");
        writer.Line($"var m = i{FormattableString.Invariant(Others(count - 1))};");
    }

    private static FormattableString Others(int count) => count switch
    {
        0 => $"",
        1 => $" + (i & -{Tile})",
        _ => $" + {count} * (i & -{Tile})",
    };

    /// <summary>Where a unit is.</summary>
    public static string Place(int unit) => unit == 0 ? "m" : FormattableString.Invariant($"m + {Tile * unit}");

    private static SourceWriter.Block Open(SourceWriter writer, string kernel)
    {
        writer.Line($"/// <inheritdoc/>");
        return writer.Open($"{kernel}");
    }

    private static SourceWriter.Block OpenLoop(SourceWriter writer, Action printPlace)
    {
        var block = writer.Open($"for (nint i = 0; i < count; i += TLanes.Count)");
        printPlace();
        return block;
    }

    private static void PrintAccumulators(SourceWriter writer, int units)
    {
        for (var unit = 0; unit < units; unit++)
            writer.Line($"var c{unit} = TLanes.Zero;");
        writer.Line($"var γ = TLanes.Zero;");
    }

    private static void PrintProjection(SourceWriter writer, IReadOnlyList<string> old)
    {
        writer.Line($"// c ← c + Mᵀg, γ ← γ + g·g");
        for (var unit = 0; unit < old.Count; unit++)
            writer.Line($"c{unit} = TLanes.FusedMultiplyAdd({old[unit]}, gradient, c{unit});");
        writer.Line($"γ = TLanes.FusedMultiplyAdd(gradient, gradient, γ);");
    }

    private static void PrintSums(SourceWriter writer, int units)
    {
        for (var unit = 0; unit < units; unit++)
            writer.Line($"sums[{unit}] += c{unit}.Sum();");
        writer.Line($"sums[{units}] += γ.Sum();");
    }
}
