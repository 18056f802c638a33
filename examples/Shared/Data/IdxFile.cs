using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;

namespace Shared.Data;

/// <summary>
/// Reads IDX files of bytes, the format of MNIST: two zero bytes, the element type (8: unsigned byte), the number of
/// dimensions, each dimension as a big-endian 32-bit integer, then the elements. Compressed files (gzip) are recognised
/// by their content.
/// </summary>
internal static class IdxFile
{
    private const int UnsignedByte = 8;

    /// <summary>Reads a file whose number of dimensions is known.</summary>
    /// <exception cref="InvalidDataException">The file is something else, or damaged; the message names it and what was expected.</exception>
    public static (int[] Dimensions, byte[] Elements) Read(string path, int dimensions)
    {
        try
        {
            using var file = OpenUncompressed(path);
            return Read(file, path, dimensions);
        }
        catch (EndOfStreamException fault)
        {
            throw new InvalidDataException($"{path}: the file ends before the elements that its header announces.", fault);
        }
        catch (InvalidDataException fault) when (!fault.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{path}: the compressed data are damaged ({fault.Message})", fault);
        }
    }

    private static (int[] Dimensions, byte[] Elements) Read(Stream file, string path, int dimensions)
    {
        Span<byte> header = stackalloc byte[4 + 4 * dimensions];
        file.ReadExactly(header[..4]);
        if (header[0] != 0 || header[1] != 0 || header[2] != UnsignedByte || header[3] != dimensions)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"{path}: not an IDX file of unsigned bytes with {dimensions} dimension(s): it starts with {Convert.ToHexString(header[..4])}, expected 000008{dimensions:X2}."));
        }

        file.ReadExactly(header[4..]);
        var sizes = new uint[dimensions];
        var length = 1L;
        for (var i = 0; i < dimensions; i++)
        {
            sizes[i] = BinaryPrimitives.ReadUInt32BigEndian(header[(4 + 4 * i)..]);
            length = Math.Min(length * sizes[i], Array.MaxLength + 1L);
        }

        if (length > Array.MaxLength)
            throw new InvalidDataException($"{path}: the header announces {string.Join('×', sizes)} elements, more than an array holds.");
        var elements = new byte[length];
        file.ReadExactly(elements);
        if (file.ReadByte() >= 0)
            throw new InvalidDataException($"{path}: the file goes on after the {string.Join('×', sizes)} elements that its header announces.");
        return (Array.ConvertAll(sizes, size => (int)size), elements);
    }

    private static Stream OpenUncompressed(string path)
    {
        var file = File.OpenRead(path);
        var compressed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return compressed ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
