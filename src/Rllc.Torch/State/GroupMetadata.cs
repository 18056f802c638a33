using System.Text.Json;

namespace Rllc;

/// <summary>What a checkpoint says of TorchSharp's parameters beside what it says of any: their names, shapes and groups, and the groups' rates.</summary>
internal sealed class GroupMetadata
{
    private const string Names = "names";
    private const string Shapes = "shapes";
    private const string GroupOfParameter = "group_of_parameter";
    private const string LearningRates = "group_learning_rates";
    private const string InitialLearningRates = "group_initial_learning_rates";
    private const string WeightDecays = "group_weight_decays";

    private readonly string[] _names;
    private readonly long[][] _shapes;
    private readonly int[] _groups;

    private GroupMetadata(string[] names, long[][] shapes, int[] groups, TorchTensorOptimizer.GroupOptions[] rates) =>
        (_names, _shapes, _groups, Rates) = (names, shapes, groups, rates);

    /// <summary>The rates of the groups.</summary>
    public TorchTensorOptimizer.GroupOptions[] Rates { get; }

    /// <summary>The number of parameters.</summary>
    public int ParameterCount => _names.Length;

    /// <summary>A parameter's name, group and shape.</summary>
    public (string Name, int Group, long[] Shape) Parameter(int position) => (_names[position], _groups[position], _shapes[position]);

    /// <summary>The entries of parameters and groups. Numbers read back to the same float64.</summary>
    public static KeyValuePair<string, string>[] Describe(IReadOnlyCollection<TrackedParameter> parameters, IReadOnlyCollection<TorchTensorOptimizer.GroupOptions> rates) =>
    [
        new(Names, Print(parameters.Select(parameter => parameter.Name))),
        new(Shapes, Print(parameters.Select(parameter => parameter.Shape))),
        new(GroupOfParameter, Print(parameters.Select(parameter => parameter.Group))),
        new(LearningRates, Print(rates.Select(group => group.LearningRate))),
        new(InitialLearningRates, Print(rates.Select(group => group.InitialLearningRate))),
        new(WeightDecays, Print(rates.Select(group => group.WeightDecay))),
    ];

    /// <summary>Reads the entries.</summary>
    /// <exception cref="InvalidDataException">One is missing or unreadable, they contradict each other, or a rate is out of range.</exception>
    public static GroupMetadata Read(IReadOnlyDictionary<string, string> metadata)
    {
        var (names, shapes, groups) = (Read<string>(metadata, Names), Read<long[]>(metadata, Shapes), Read<int>(metadata, GroupOfParameter));
        var (rates, initial, decays) = (Read<double>(metadata, LearningRates), Read<double>(metadata, InitialLearningRates), Read<double>(metadata, WeightDecays));
        if (shapes.Length != names.Length || groups.Length != names.Length)
            throw SafetensorsHeader.Refuse($"has {names.Length} names, {shapes.Length} shapes and {groups.Length} groups of parameters");
        if (initial.Length != rates.Length || decays.Length != rates.Length)
            throw SafetensorsHeader.Refuse($"has {rates.Length} learning rates, {initial.Length} initial ones and {decays.Length} weight decays of groups");
        if (rates.Concat(initial).Concat(decays).Any(rate => !(rate >= 0 && double.IsFinite(rate))))
            throw SafetensorsHeader.Refuse($"has a rate out of range");
        var options = rates.Select((rate, i) => new TorchTensorOptimizer.GroupOptions { LearningRate = rate, InitialLearningRate = initial[i], WeightDecay = decays[i] });
        return new(names, shapes, groups, [.. options]);
    }

    private static string Print<T>(IEnumerable<T> values) => JsonSerializer.Serialize(values);

    private static T[] Read<T>(IReadOnlyDictionary<string, string> metadata, string key)
    {
        var text = metadata.GetValueOrDefault(key) ?? throw SafetensorsHeader.Refuse($"has no '{key}' in its metadata: it is not one of an optimizer of TorchSharp's parameters");
        try
        {
            if (JsonSerializer.Deserialize<T[]>(text) is { } values && values.All(value => value is not null))
                return values;
        }
        catch (JsonException e)
        {
            throw SafetensorsHeader.Refuse($"has an unreadable '{key}': {e.Message.TrimEnd('.')}", e);
        }
        throw SafetensorsHeader.Refuse($"has an unreadable '{key}': it holds null");
    }
}
