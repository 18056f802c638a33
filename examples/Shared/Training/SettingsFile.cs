using System.Text.Json;

namespace Shared.Training;

/// <summary>The settings of a run as a JSON file beside it.</summary>
internal static class SettingsFile
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, NewLine = "\n" };

    public static void Save<T>(string path, T settings) => File.WriteAllText(path, JsonSerializer.Serialize(settings, Format) + "\n");

    /// <summary>Reads settings that make sense.</summary>
    /// <exception cref="IOException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public static T Load<T>(string path, Func<T, bool> makeSense)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), Format) is { } settings && makeSense(settings)
                ? settings
                : throw new InvalidDataException($"{path}: not the settings of a run, or of one with an unknown optimizer.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path}: not the settings of a run ({fault.Message})", fault);
        }
    }
}
