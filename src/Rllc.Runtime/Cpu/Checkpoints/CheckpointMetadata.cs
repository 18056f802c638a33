using System.Globalization;

namespace Rllc;

/// <summary>
/// What a checkpoint says in strings: to whom it belongs, the law in float64 to the last bit, and the options that the next
/// step depends on. docs/checkpoints.md lists the keys.
/// </summary>
internal static class CheckpointMetadata
{
    private const string Format = "rllc";
    private const string Version = "2";

    /// <summary>The metadata of an optimizer, its digest left blank.</summary>
    /// <exception cref="InvalidOperationException">The law or the Gram matrix is not finite: the run has diverged.</exception>
    public static List<KeyValuePair<string, string>> Describe(
        LinearMemory memory, ReadOnlySpan<long> lengths, MemoryFormat memoryFormat, LawState law, OptimizerOptions options) => law.IsFinite
        ? Print(memory, lengths, memoryFormat, law, options)
        : throw new InvalidOperationException("The run has diverged: its law or Gram matrix is not finite. No checkpoint is written; the last one is still good.");

    private static List<KeyValuePair<string, string>> Print(
        LinearMemory memory, ReadOnlySpan<long> lengths, MemoryFormat memoryFormat, LawState law, OptimizerOptions options) =>
    [
        new(CheckpointDigest.Key, CheckpointDigest.Blank),
        new("format", Format),
        new("version", Version),
        new("spec", Identity(memory)),
        new("lengths", Print(lengths)),
        new("memory_format", memoryFormat.ToString()),
        new("step", Print(law.Step)),
        new("law", Print(law.L)),
        new("gram", Print(law.G)),
        new("pending", Print(law.Pending)),
        new("gram_due", Print(law.RefreshRequested)),
        new("learning_rate", Print(options.LearningRate)),
        new("law_learning_rate", Print(options.LawLearningRate)),
        new("relaxation", options.Relaxation.ToString()),
        new("epsilon", Print(options.Epsilon)),
        new("timing", options.Timing.ToString()),
        new("law_interval", Print(options.LawInterval)),
        new("hold_corrections", Print(options.HoldCorrections)),
        new("weight_decay", Print(options.WeightDecay)),
        new("maximize", Print(options.Maximize)),
        new("max_gradient_norm", Print(options.MaxGradientNorm)),
        new("loss_scale", Print(options.LossScale)),
        new("skip_non_finite", Print(options.SkipNonFinite)),
    ];

    /// <summary>Whether the file is a checkpoint at all, and one that this library reads.</summary>
    public static void CheckFormat(IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.GetValueOrDefault("format") != Format)
            throw SafetensorsHeader.Refuse($"was not written by an Rllc optimizer: its metadata have no format '{Format}'");
        if (Find(metadata, "version") is var version && version != Version)
            throw SafetensorsHeader.Refuse($"has version '{version}'; this library reads version '{Version}'");
    }

    /// <summary>
    /// The options that a checkpoint restores; those that it does not hold, the threads and the initial law, stay the
    /// optimizer's own.
    /// </summary>
    public static OptimizerOptions ReadOptions(IReadOnlyDictionary<string, string> metadata, OptimizerOptions current, int unitCount)
    {
        var options = current with
        {
            LearningRate = Read<double>(metadata, "learning_rate"),
            LawLearningRate = Read<double>(metadata, "law_learning_rate"),
            Relaxation = ReadEnum<Relaxation>(metadata, "relaxation"),
            Epsilon = Read<double>(metadata, "epsilon"),
            Timing = ReadEnum<LawTiming>(metadata, "timing"),
            LawInterval = Read<int>(metadata, "law_interval"),
            HoldCorrections = Read<int>(metadata, "hold_corrections"),
            WeightDecay = Read<double>(metadata, "weight_decay"),
            Maximize = ReadBoolean(metadata, "maximize"),
            MaxGradientNorm = Read<double>(metadata, "max_gradient_norm"),
            LossScale = Read<double>(metadata, "loss_scale"),
            SkipNonFinite = ReadBoolean(metadata, "skip_non_finite"),
        };
        try
        {
            options.Validate(unitCount);
        }
        catch (ArgumentException e)
        {
            throw SafetensorsHeader.Refuse($"has options out of range: {e.Message.TrimEnd('.')}", e);
        }
        if (options.FixedLaw is { } law && ReadVector(metadata, "law", unitCount) is var found && !found.SequenceEqual(law))
            throw SafetensorsHeader.Refuse($"is of another law: it holds {Print<double>(found)}, the optimizer's is fixed at {Print<double>(law)}");
        return options;
    }

    /// <summary>Whether the checkpoint is of this memory, in this format, and of these tensors.</summary>
    public static void CheckOwner(
        IReadOnlyDictionary<string, string> metadata, LinearMemory memory, ReadOnlySpan<long> lengths, MemoryFormat memoryFormat)
    {
        if (Find(metadata, "spec") is var spec && spec != Identity(memory))
            throw SafetensorsHeader.Refuse($"is of another memory: it holds '{spec}', the optimizer is '{Identity(memory)}'");
        if (Find(metadata, "lengths") is var found && Print(lengths) is var own && found != own)
            throw SafetensorsHeader.Refuse($"is of another model: its tensors have {found} parameters, the optimizer's {own}");
        if (ReadEnum<MemoryFormat>(metadata, "memory_format") is var format && format != memoryFormat)
            throw SafetensorsHeader.Refuse($"holds a memory in {format}, the optimizer keeps it in {memoryFormat}");
    }

    /// <summary>Fills a new law, which nothing else knows yet, with that of the checkpoint.</summary>
    public static void ReadLaw(IReadOnlyDictionary<string, string> metadata, LawState law)
    {
        var step = Read<long>(metadata, "step");
        if (step < 0)
            throw Unreadable("step", metadata["step"]);
        var k = law.UnitCount;
        law.Restore(step, ReadVector(metadata, "law", k), ReadVector(metadata, "gram", k * k), ReadVector(metadata, "pending", k));
        if (ReadBoolean(metadata, "gram_due"))
            law.RequestExactGram();
        if (!law.IsFinite)
            throw SafetensorsHeader.Refuse($"holds a law or a Gram matrix that is not finite");
    }

    /// <summary>The canonical spec; for a memory without one its matrices.</summary>
    private static string Identity(LinearMemory memory) =>
        memory.Spec?.ToString() ?? $"B = {Print(memory.B.ToRowMajor())}, a = {Print(memory.a.AsSpan())}";

    private static string Print<T>(T value) where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    private static string Print(bool value) => value ? "true" : "false";

    private static string Print<T>(ReadOnlySpan<T> values) where T : IFormattable =>
        $"[{string.Join(',', values.ToArray().Select(Print))}]";

    private static string Find(IReadOnlyDictionary<string, string> metadata, string key) =>
        metadata.GetValueOrDefault(key) ?? throw SafetensorsHeader.Refuse($"has no '{key}' in its metadata");

    private static InvalidDataException Unreadable(string key, string text) =>
        SafetensorsHeader.Refuse($"has an unreadable '{key}': '{text}'");

    private static T Read<T>(IReadOnlyDictionary<string, string> metadata, string key) where T : struct, ISpanParsable<T>
    {
        var text = Find(metadata, key);
        return T.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : throw Unreadable(key, text);
    }

    private static T ReadEnum<T>(IReadOnlyDictionary<string, string> metadata, string key) where T : struct, Enum
    {
        var text = Find(metadata, key);
        return Enum.TryParse(text, out T value) && value.ToString() == text ? value : throw Unreadable(key, text);
    }

    private static bool ReadBoolean(IReadOnlyDictionary<string, string> metadata, string key) =>
        Find(metadata, key) is var text && text == "true" || (text == "false" ? false : throw Unreadable(key, text));

    private static double[] ReadVector(IReadOnlyDictionary<string, string> metadata, string key, int length)
    {
        var text = Find(metadata, key);
        if (text is not ['[', .. var inner, ']'])
            throw Unreadable(key, text);
        var parts = inner.Split(',');
        if (parts.Length != length)
            throw SafetensorsHeader.Refuse($"has {parts.Length} numbers in '{key}' where {length} belong");
        return Array.ConvertAll(parts, part => double.TryParse(part, CultureInfo.InvariantCulture, out var value) ? value : throw Unreadable(key, text));
    }
}
