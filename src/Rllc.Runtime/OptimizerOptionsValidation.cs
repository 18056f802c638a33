using System.Globalization;

namespace Rllc;

/// <summary>Refuses options that have no meaning, before anything is built with them.</summary>
internal static class OptimizerOptionsValidation
{
    private static readonly OptimizerOptions Learning = new();

    /// <summary>Checks every option against its documented bounds, and those that exclude each other.</summary>
    /// <param name="options">The options.</param>
    /// <param name="unitCount">k, the length of a law.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its bounds.</exception>
    /// <exception cref="ArgumentException">The initial law does not fit, or two options exclude each other.</exception>
    public static void Validate(this OptimizerOptions options, int unitCount)
    {
        options.ValidateCommon();
        AtLeastZero(options.LawLearningRate, nameof(options.LawLearningRate));
        AtLeastZero(options.HoldCorrections, nameof(options.HoldCorrections));
        AboveZero(options.Epsilon, nameof(options.Epsilon));
        if (options.LawInterval < 1)
            throw OutOfRange(nameof(options.LawInterval), options.LawInterval, "at least 1");
        if (!Enum.IsDefined(options.Relaxation))
            throw OutOfRange(nameof(options.Relaxation), options.Relaxation, "one of the named relaxations");
        if (!Enum.IsDefined(options.Timing))
            throw OutOfRange(nameof(options.Timing), options.Timing, "one of the named timings");

        CheckLaw(options.InitialLaw, nameof(options.InitialLaw), unitCount);
        CheckTiming(options);
        CheckFixedLaw(options, unitCount);
    }

    /// <summary>Checks every option, and whether it has a meaning for a memory.</summary>
    /// <inheritdoc cref="Validate(OptimizerOptions, int)"/>
    /// <param name="options">The options.</param>
    /// <param name="memory">The memory.</param>
    public static void Validate(this OptimizerOptions options, MemoryRule memory)
    {
        options.Validate(memory.UnitCount);
        if (options.FixedLaw is null && memory.UnitNames.FirstOrDefault(unit => !memory.StateNames.Contains(unit)) is { } lost)
            throw new ArgumentException($"The law was declared fixed, so that the unit '{lost}' is not kept: FixedLaw must not be null.", nameof(options));
    }

    /// <summary>Checks those options that every optimizer has.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its bounds.</exception>
    public static void ValidateCommon(this TensorOptimizerOptions options)
    {
        AtLeastZero(options.LearningRate, nameof(options.LearningRate));
        AtLeastZero(options.WeightDecay, nameof(options.WeightDecay));
        AtLeastZero(options.Threads, nameof(options.Threads));
        AboveZero(options.LossScale, nameof(options.LossScale));
        if (!double.IsPositiveInfinity(options.MaxGradientNorm))
            AboveZero(options.MaxGradientNorm, nameof(options.MaxGradientNorm));
        if (!Enum.IsDefined(options.MemoryFormat))
            throw OutOfRange(nameof(options.MemoryFormat), options.MemoryFormat, "one of the named formats");
    }

    /// <summary>Returns a finite number that is at least 0.</summary>
    /// <param name="value">The number.</param>
    /// <param name="option">The option it is for.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static double AtLeastZero(double value, string option) =>
        double.IsFinite(value) && value >= 0 ? value : throw OutOfRange(option, value, "finite and at least 0");

    /// <summary>Returns a finite number above 0.</summary>
    /// <param name="value">The number.</param>
    /// <param name="option">The option it is for.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static double AboveZero(double value, string option) =>
        double.IsFinite(value) && value > 0 ? value : throw OutOfRange(option, value, "finite and above 0");

    /// <summary>Returns a law learning rate that is finite and at least 0, and is 0 where the law is fixed.</summary>
    /// <param name="value">The rate.</param>
    /// <param name="isFixed">Whether the law is fixed.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static double LawLearningRate(double value, bool isFixed)
    {
        const string option = nameof(OptimizerOptions.LawLearningRate);
        return isFixed && value != 0
            ? throw OutOfRange(option, value, "0 where the law is fixed")
            : AtLeastZero(value, option);
    }

    private static void CheckLaw(double[]? law, string option, int unitCount)
    {
        if (law is null)
            return;
        if (law.Length != unitCount)
            throw new ArgumentException($"{option} has {law.Length} coefficients; the memory has {unitCount} units.", option);
        foreach (var coefficient in law)
            if (!double.IsFinite(coefficient))
                throw OutOfRange(option, coefficient, "finite");
        if (law.All(coefficient => coefficient == 0))
            throw OutOfRange(option, Text(law), "other than all zeros");
    }

    private static void CheckTiming(OptimizerOptions options)
    {
        if (options.Timing != LawTiming.Delayed)
            return;
        if (!double.IsPositiveInfinity(options.MaxGradientNorm))
            throw TooLate(nameof(options.MaxGradientNorm), "clip it", "leave the norm unbounded");
        if (options.SkipNonFinite)
            throw TooLate(nameof(options.SkipNonFinite), "skip the step", "set it to false");
    }

    /// <summary>What only a law that learns has a use for must be as if it had not been written.</summary>
    private static void CheckFixedLaw(OptimizerOptions options, int unitCount)
    {
        if (options.FixedLaw is not { } law)
            return;
        CheckLaw(law, nameof(options.FixedLaw), unitCount);
        Refuse(options.LawLearningRate != 0, nameof(options.LawLearningRate));
        Refuse(options.InitialLaw is not null, nameof(options.InitialLaw));
        Refuse(options.Relaxation != Learning.Relaxation, nameof(options.Relaxation));
        Refuse(options.Epsilon != Learning.Epsilon, nameof(options.Epsilon));
        Refuse(options.Timing != Learning.Timing, nameof(options.Timing));
        Refuse(options.LawInterval != Learning.LawInterval, nameof(options.LawInterval));
        Refuse(options.HoldCorrections != Learning.HoldCorrections, nameof(options.HoldCorrections));

        void Refuse(bool isSet, string option)
        {
            if (isSet)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"{option} is for a law that learns; this optimizer's is fixed at {Text(law)}: leave {option} out."), option);
        }
    }

    private static string Text(double[] law) => $"[{string.Join(", ", law.Select(coefficient => coefficient.ToString(CultureInfo.InvariantCulture)))}]";

    private static ArgumentException TooLate(string option, string purpose, string remedy) =>
        new($"Delayed timing learns the gradient's norm only while it writes the parameters, too late to {purpose}: "
            + $"{remedy}, or choose exact timing.", option);

    /// <summary>The exception of a value out of its bounds.</summary>
    public static ArgumentOutOfRangeException OutOfRange(string option, object value, string bound) =>
        new(option, string.Create(CultureInfo.InvariantCulture, $"{option} must be {bound}, not {value}."));
}
