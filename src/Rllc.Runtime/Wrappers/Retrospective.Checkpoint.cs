using System.Runtime.InteropServices;
using static Rllc.MetadataText;

namespace Rllc;

public sealed partial class Retrospective
{
    private const string Format = "rllc.retrospective";
    private const string Version = "1";
    private const string StepName = "memory.d";

    /// <summary>
    /// Writes law, last learning step, c₂ and ε as a .safetensors checkpoint (docs/wrappers.md). The wrapped optimizer's state is saved by its
    /// own means. The file is replaced as a whole or not at all.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written; what was there before still is.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        CheckpointFile.Write(path, Save);
    }

    /// <summary>Writes the checkpoint at the position of a stream.</summary>
    /// <param name="stream">Any writable stream.</param>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var use = ExclusiveUse.Enter(ref _use);
        var header = SafetensorsHeader.Create(Metadata(), [(StepName, sizeof(float), _lengths.Sum())]);
        CheckpointFile.Write(stream, header, WriteStep);
    }

    /// <summary>
    /// Restores what <see cref="Save(string)"/> wrote: with the wrapped optimizer's own state, training goes on with the same bits as if it
    /// had never stopped. Nothing is changed where the checkpoint is refused.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The checkpoint is truncated, damaged, of another kind or version, or of other tensors; the message says which.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        CheckpointFile.Read(path, Load);
    }

    /// <summary>Restores a checkpoint that reaches from the position of a stream to its end.</summary>
    /// <inheritdoc cref="Load(string)"/>
    /// <param name="stream">A stream that can seek: it is read once to verify it, and once more to restore from it.</param>
    public void Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        CheckpointFile.RequireSeeking(stream);
        using var use = ExclusiveUse.Enter(ref _use);
        var header = SafetensorsHeader.Read(stream);
        var data = stream.Position;
        CheckOwner(header);
        CheckpointDigest.Verify(header, stream);
        var law = ReadNumber(header, "law");
        var (learningRate, epsilon) = (ReadNumber(header, "law_learning_rate"), ReadNumber(header, "epsilon"));
        if (learningRate < 0 || epsilon < 0)
            throw SafetensorsHeader.Refuse($"has a negative 'law_learning_rate' or 'epsilon': {learningRate}, {epsilon}");
        stream.Position = data;
        for (var tensor = 0; tensor < _before.Count; tensor++)
        {
            stream.ReadExactly(MemoryMarshal.AsBytes(_before[tensor]));
            _newSquares[tensor] = WideSums.Dot(_before[tensor], _before[tensor]);
        }
        if (!double.IsFinite(_newSquares.Sum()))
            throw SafetensorsHeader.Refuse($"holds a learning step that is not finite");
        (_d, _before) = (_before, _d);
        _newSquares.CopyTo(_squares, 0);
        (_law.L, _law.LearningRate, _law.Epsilon) = (law, learningRate, epsilon);
    }

    private List<KeyValuePair<string, string>> Metadata() =>
    [
        new(CheckpointDigest.Key, CheckpointDigest.Blank),
        new("format", Format),
        new("version", Version),
        new("lengths", Print<long>(_lengths)),
        new("law", Print(_law.L)),
        new("law_learning_rate", Print(_law.LearningRate)),
        new("epsilon", Print(_law.Epsilon)),
    ];

    private void CheckOwner(SafetensorsHeader header)
    {
        if (header.Metadata.GetValueOrDefault("format") != Format)
            throw SafetensorsHeader.Refuse($"was not written by a retrospective wrapper: its metadata have no format '{Format}'");
        if (Find(header.Metadata, "version") is var version && version != Version)
            throw SafetensorsHeader.Refuse($"has version '{version}'; this library reads version '{Version}'");
        if (Find(header.Metadata, "lengths") is var lengths && Print<long>(_lengths) is var own && lengths != own)
            throw SafetensorsHeader.Refuse($"is of another model: its tensors have {lengths} parameters, the wrapper's {own}");
        if (header.Tensors is not [{ Name: StepName, ElementBytes: sizeof(float) } step] || step.Length != _lengths.Sum())
            throw SafetensorsHeader.Refuse($"does not hold the one tensor '{StepName}' of {_lengths.Sum()} float32 numbers");
    }

    private void WriteStep(Stream stream)
    {
        for (var tensor = 0; tensor < _d.Count; tensor++)
            stream.Write(MemoryMarshal.AsBytes(_d[tensor]));
    }

    private static double ReadNumber(SafetensorsHeader header, string key) =>
        Read<double>(header.Metadata, key) is var value && double.IsFinite(value) ? value : throw Unreadable(key, header.Metadata[key]);
}
