using System.IO.Compression;

namespace TorchResNet20.Data;

/// <summary>
/// CIFAR-10 in its binary files, gzipped or not: records of a byte for the class and 3,072 for the picture (Krizhevsky, "Learning
/// multiple layers of features from tiny images", 2009).
/// </summary>
/// <param name="Training">The pictures of the training files that are there, in their order.</param>
/// <param name="Test">The pictures of the test file.</param>
/// <param name="Missing">Names of the training files that are not there.</param>
internal sealed record CifarFiles(CifarSet Training, CifarSet Test, IReadOnlyList<string> Missing)
{
    private const int RecordLength = 1 + CifarSet.PictureLength;

    /// <summary>Reads them from <c>directory/cifar-10</c> or, where there is none, from the directory itself.</summary>
    /// <exception cref="IOException">There is no training file or no test file, or one cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is not what its name promises.</exception>
    public static CifarFiles Read(string directory)
    {
        if (!Directory.Exists(directory))
            throw new DirectoryNotFoundException($"{directory}: no such directory.");
        var own = Path.Combine(directory, "cifar-10");
        var source = Directory.Exists(own) ? own : directory;
        var names = Enumerable.Range(1, 5).Select(number => FormattableString.Invariant($"data_batch_{number}.bin")).ToList();
        var present = names.Where(name => Find(source, name) is not null).ToList();
        if (present.Count == 0)
            throw new FileNotFoundException($"{source}: none of {string.Join(", ", names)} is there, nor one of them with .gz.");
        var test = Find(source, "test_batch.bin")
            ?? throw new FileNotFoundException($"{source}: test_batch.bin is not there, nor test_batch.bin.gz.");
        var parts = present.ConvertAll(name => ReadFile(Find(source, name)!));
        var training = new CifarSet([.. parts.SelectMany(part => part.Pixels)], [.. parts.SelectMany(part => part.Labels)]);
        return new(training, ReadFile(test), [.. names.Except(present)]);
    }

    private static CifarSet ReadFile(string path)
    {
        var records = Uncompressed(path);
        if (records.Length == 0 || records.Length % RecordLength != 0)
            throw new InvalidDataException(FormattableString.Invariant($"{path}: {records.Length} bytes, expected a multiple of {RecordLength}: the file is cut off or another one."));
        var count = records.Length / RecordLength;
        var set = new CifarSet(new byte[count * CifarSet.PictureLength], new byte[count]);
        for (var i = 0; i < count; i++)
        {
            var record = records.AsSpan(i * RecordLength, RecordLength);
            if (record[0] >= CifarSet.Classes)
                throw new InvalidDataException(FormattableString.Invariant($"{path}: record {i} has the label {record[0]}, expected 0 to {CifarSet.Classes - 1}."));
            set.Labels[i] = record[0];
            record[1..].CopyTo(set.Pixels.AsSpan(i * CifarSet.PictureLength));
        }

        return set;
    }

    private static byte[] Uncompressed(string path)
    {
        if (!path.EndsWith(".gz", StringComparison.Ordinal))
            return File.ReadAllBytes(path);
        try
        {
            using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            using var content = new MemoryStream();
            file.CopyTo(content);
            return content.ToArray();
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"{path}: the compressed data are damaged ({fault.Message})", fault);
        }
    }

    private static string? Find(string directory, string name)
    {
        var plain = Path.Combine(directory, name);
        return File.Exists(plain) ? plain : File.Exists(plain + ".gz") ? plain + ".gz" : null;
    }
}
