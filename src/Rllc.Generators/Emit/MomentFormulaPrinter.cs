namespace Rllc.Generators;

/// <summary>
/// Prints the formula of an Adam and its kin, the same wherever it runs: from gradient, parameter and what is kept of them to their new values. What
/// loads and stores them is around it.
/// </summary>
/// <param name="writer">Where to.</param>
/// <param name="plan">What.</param>
/// <param name="arithmetic">How operations are written.</param>
internal sealed class MomentFormulaPrinter(SourceWriter writer, MomentPlan plan, MomentArithmetic arithmetic)
{
    /// <summary>The gradient, as the formula's comments call it: with critical gradients the mean with those of the buffer.</summary>
    private string Taken => plan.HasGradients ? "h" : "g";

    /// <summary>The new entry of a buffer.</summary>
    public string Entry => plan.HasMomenta && !plan.IsReference ? "m" : "entry";

    /// <summary>Declares what is the same in all steps.</summary>
    public void PrintConstants()
    {
        if (plan.Kind == MomentKind.Adam)
        {
            writer.Line($"// 1 − β₁, 1 − β₂");
            writer.Line($"{arithmetic.Constant("share1", "(float)(1 - Beta1)")}");
            writer.Line($"{arithmetic.Constant("share2", "(float)(1 - Beta2)")}");
        }
        else
        {
            if (plan.HasM)
                writer.Line($"{arithmetic.Constant("momentum", "(float)Momentum")}");
            if (plan.HasV)
            {
                writer.Line($"// 1 − α");
                writer.Line($"{arithmetic.Constant("share", "(float)(1 - Alpha)")}");
            }
        }

        if (plan.HasV)
            writer.Line($"{arithmetic.Constant("epsilon", "(float)Epsilon")}");
    }

    /// <summary>Declares what is of this step.</summary>
    public void PrintRates()
    {
        writer.Line($"// {(plan.IsDecoupled ? "−c₁ · weight decay" : "weight decay")}");
        writer.Line($"{(plan.IsDecoupled ? arithmetic.Rate("decay", "Decay") : arithmetic.Rate("penalty", "Penalty"))}");
        writer.Line($"// {(plan.Kind == MomentKind.Adam ? "−c₁/(1 − β₁ᵗ), 1/√(1 − β₂ᵗ)" : "−c₁")}");
        writer.Line($"{arithmetic.Rate("rate", "Rate")}");
        if (plan.Kind == MomentKind.Adam)
            writer.Line($"{arithmetic.Rate("root", "Root")}");
        if (plan.HasBuffer)
        {
            writer.Line($"// 1 / number of entries");
            writer.Line($"{arithmetic.Rate("mean", "Mean")}");
        }
    }

    /// <summary>The new values of what has been loaded.</summary>
    public void PrintStep()
    {
        if (plan is { HasMomenta: true, IsReference: true })
            writer.Line($"var entry = gradient;");
        if (plan.HasGradients)
        {
            writer.Line($"// h ← g + s/c");
            writer.Line($"var entry = gradient;");
            writer.Line($"{arithmetic.Add("gradient", "sum", "mean")}");
        }

        writer.Line($"{(plan.IsDecoupled ? arithmetic.Add("parameter", "parameter", "decay") : arithmetic.Add("gradient", "parameter", "penalty"))}");
        writer.Line();
        if (plan.Kind == MomentKind.Adam)
            PrintAdam();
        else
            PrintPlain();
    }

    private void PrintAdam()
    {
        if (plan is { HasMomenta: true, IsReference: true })
        {
            writer.Line($"// m ← m + (1 − β₁)(g − m), u ← m + s/c, v ← v + (1 − β₂)(u² − v); while the buffer is empty, g goes there and nowhere else");
            writer.Line($"var isFirst = {arithmetic.Mean} == 0;");
            writer.Line($"m = isFirst ? m : {arithmetic.MultiplyAdd("gradient - m", "share1", "m")};");
            writer.Line($"entry = isFirst ? entry : m;");
            writer.Line($"var u = {arithmetic.MultiplyAdd("sum", "mean", "m")};");
        }
        else if (plan.HasMomenta)
        {
            writer.Line($"// m ← m + (1 − β₁)(g − m), u ← m + s/c, v ← v + (1 − β₂)(u² − v); of g² while the buffer is empty");
            writer.Line($"{arithmetic.Add("m", "gradient - m", "share1")}");
            writer.Line($"var u = {arithmetic.MultiplyAdd("sum", "mean", "m")};");
            writer.Line($"var w = {arithmetic.Mean} == 0 ? gradient : u;");
        }
        else
        {
            writer.Line($"// m ← m + (1 − β₁)({Taken} − m), v ← v + (1 − β₂)({Taken}² − v)");
            writer.Line($"{arithmetic.Add("m", "gradient - m", "share1")}");
        }

        writer.Line($"{arithmetic.MoveToSquare("v", !plan.HasMomenta ? "gradient" : plan.IsReference ? "u" : "w", "share2")}");
        writer.Line();
        var moved = plan.HasMomenta ? "u" : "m";
        writer.Line($"// θ ← θ − c₁/(1 − β₁ᵗ) · {moved} / (√v/√(1 − β₂ᵗ) + ε)");
        writer.Line($"var divisor = {arithmetic.MultiplyAdd(arithmetic.Sqrt("v"), "root", "epsilon")};");
        writer.Line($"{arithmetic.Add("parameter", $"{moved} / divisor", "rate")}");
    }

    // RMSprop and SGD: a direction, and with momentum a decaying sum of directions.
    private void PrintPlain()
    {
        var (direction, formula) = ("gradient", Taken);
        if (plan.HasV)
        {
            writer.Line($"// v ← v + (1 − α)({Taken}² − v)");
            writer.Line($"{arithmetic.MoveToSquare("v", "gradient", "share")}");
            writer.Line($"var direction = gradient / ({arithmetic.Sqrt("v")} + epsilon);");
            (direction, formula) = ("direction", $"{Taken}/(√v + ε)");
        }

        if (plan.HasM)
        {
            writer.Line($"// m ← μm + {formula}");
            writer.Line($"m = {arithmetic.MultiplyAdd("m", "momentum", direction)};");
            (direction, formula) = ("m", "m");
        }

        if (plan.HasV || plan.HasM)
            writer.Line();
        writer.Line($"// θ ← θ − c₁ · {formula}");
        writer.Line($"{arithmetic.Add("parameter", direction, "rate")}");
    }
}
