namespace Rllc.Generators;

/// <summary>How the arithmetic of a moment's kernel is written where it runs.</summary>
internal abstract class MomentArithmetic
{
    /// <summary>Of vectors on the CPU, with fused operations.</summary>
    public static readonly MomentArithmetic OfLanes = new Lanes();

    /// <summary>Of quads and elements on devices, whose compiler fuses by itself.</summary>
    public static readonly MomentArithmetic OfQuads = new Quads();

    /// <summary>1 / number of entries as one number, 0 while the buffer is empty.</summary>
    public abstract string Mean { get; }

    /// <summary>Declares a constant.</summary>
    public abstract string Constant(string name, string value);

    /// <summary>Declares a number of the step.</summary>
    public abstract string Rate(string name, string member);

    /// <summary>left · right + addend</summary>
    public abstract string MultiplyAdd(string left, string right, string addend);

    /// <summary>target ← target + left · right</summary>
    public abstract string Add(string target, string left, string right);

    /// <summary>target ← target + share · (number² − target)</summary>
    public abstract string MoveToSquare(string target, string number, string share);

    /// <summary>√number</summary>
    public abstract string Sqrt(string number);

    private sealed class Lanes : MomentArithmetic
    {
        public override string Mean => "step.Mean";

        public override string Constant(string name, string value) => $"var {name} = TLanes.Create({value});";

        public override string Rate(string name, string member) => $"var {name} = TLanes.Create(step.{member});";

        public override string MultiplyAdd(string left, string right, string addend) => $"TLanes.FusedMultiplyAdd({left}, {right}, {addend})";

        public override string Add(string target, string left, string right) => $"{target} = {MultiplyAdd(left, right, target)};";

        public override string MoveToSquare(string target, string number, string share) => Add(target, MultiplyAdd(number, number, $"-{target}"), share);

        public override string Sqrt(string number) => $"TLanes.Sqrt({number})";
    }

    private sealed class Quads : MomentArithmetic
    {
        public override string Mean => "mean";

        public override string Constant(string name, string value) => $"const float {name} = {value};";

        public override string Rate(string name, string member) => $"var {name} = rates.{member};";

        public override string MultiplyAdd(string left, string right, string addend) => $"{Factor(left)} * {right} + {addend}";

        public override string Add(string target, string left, string right) => $"{target} += {Factor(left)} * {right};";

        public override string MoveToSquare(string target, string number, string share) => Add(target, $"{number} * {number} - {target}", share);

        public override string Sqrt(string number) => $"global::Rllc.Kernels.Float4.Sqrt({number})";

        // Quotients of products are read from the left, sums are not.
        private static string Factor(string text) => text.Contains(" - ") ? $"({text})" : text;
    }
}
