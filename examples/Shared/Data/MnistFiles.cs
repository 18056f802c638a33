using System.Globalization;

namespace Shared.Data;

/// <summary>MNIST and the data sets that share its files: four IDX files with standard names, gzipped or not.</summary>
internal static class MnistFiles
{
    /// <summary>How many pictures at the end of the training file are kept for validation (the paper's 54,000 + 6,000).</summary>
    public const int ValidationCount = 6_000;

    /// <summary>The data sets that can be read by name, with the usual mean and deviation of their pixels.</summary>
    public static IReadOnlyDictionary<string, Normalization> Known { get; } =
        new Dictionary<string, Normalization>(StringComparer.OrdinalIgnoreCase)
        {
            ["mnist"] = new(0.1307f, 0.3081f),
            ["fashion-mnist"] = new(0.2860f, 0.3530f),
        };

    /// <summary>Reads a data set from <c>directory/name</c> or, where there is none, from the directory itself.</summary>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is not what its name promises.</exception>
    public static DataSplit Read(string directory, string name, int validationCount = ValidationCount)
    {
        if (!Directory.Exists(directory))
            throw new DirectoryNotFoundException($"{directory}: no such directory.");
        var own = Path.Combine(directory, name);
        var source = Directory.Exists(own) ? own : directory;
        var training = ReadSet(source, "train");
        var test = ReadSet(source, "t10k");
        if (training.Count <= validationCount)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"{source}: {training.Count} training pictures, expected more than the {validationCount} kept for validation."));
        }

        var learnt = training.Count - validationCount;
        return new(name, training.Slice(0, learnt), training.Slice(learnt, validationCount), test, Known[name]);
    }

    private static Dataset ReadSet(string directory, string part)
    {
        var imagePath = Find(directory, $"{part}-images-idx3-ubyte");
        var (size, pixels) = IdxFile.Read(imagePath, 3);
        if (size[1] != Dataset.Side || size[2] != Dataset.Side)
            throw new InvalidDataException($"{imagePath}: pictures of {size[1]}×{size[2]} pixels, expected {Dataset.Side}×{Dataset.Side}.");

        var labelPath = Find(directory, $"{part}-labels-idx1-ubyte");
        var (count, labels) = IdxFile.Read(labelPath, 1);
        if (count[0] != size[0])
            throw new InvalidDataException($"{labelPath}: {count[0]} labels, expected one for each of the {size[0]} pictures in {imagePath}.");
        if (Array.Find(labels, label => label >= Dataset.Classes) is var wrong and not 0)
            throw new InvalidDataException($"{labelPath}: label {wrong}, expected 0 to {Dataset.Classes - 1}.");
        return new(pixels, labels);
    }

    private static string Find(string directory, string name)
    {
        var plain = Path.Combine(directory, name);
        return File.Exists(plain) ? plain
            : File.Exists(plain + ".gz") ? plain + ".gz"
            : throw new FileNotFoundException($"{plain}: no such file, and no {name}.gz either.", plain);
    }
}
