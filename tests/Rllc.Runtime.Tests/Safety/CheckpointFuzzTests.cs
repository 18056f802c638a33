using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Rllc.Runtime.Tests.Cpu;

namespace Rllc.Runtime.Tests.Safety;

public sealed class CheckpointFuzzTests : IDisposable
{
    // The JSON reader keeps a dozen bytes per token, a list of numbers an object for each, messages quote what they refuse.
    private const int AllocatedPerByte = 200;
    private const int AllocatedAtLeast = 300_000;
    private const int Length = 5;

    private static readonly string[] Words =
    [
        "{", "}", "[", "]", ",", ":", "\"", "0", "-1", "1e999", "NaN", "Infinity", "-Infinity", "null", "true", "[]", "{}", "\\u0000", "\\ud800", "\\", "é", "\u0001",
        "18446744073709551615", "9223372036854775807", "-9223372036854775808", "2305843009213693952", "1e3", "0.5", ",5,5", "20", "40", "60",
        "\"dtype\":\"F16\",", "\"shape\":[5],", "\"law\":\"[1,2]\",", "\"\\u006caw\":\"[1,2]\",", "\"__metadata__\":{},", "\"more\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[60,60]},",
        "\"length\":\"6\",", "\"law\":\"[NaN,1]\"", "\"gram\":\"[1,2,2,Infinity]\"", "\"epsilon\":\"0\"", "\"timing\":\"Delayed\"", "\"law_interval\":\"0\"",
        string.Concat(Enumerable.Repeat("[", 100)), string.Concat(Enumerable.Repeat("{\"a\":", 100)), string.Concat(Enumerable.Repeat("0,", 500)),
    ];

    private readonly byte[][] _files =
    [
        Saved(Run.Of(Length).Steps(0, 3), withParameters: true),
        Saved(Run.Of(Length).Steps(0, 2), withParameters: false),
        Saved(Run.Of(Length, new() { Timing = LawTiming.Delayed, SkipNonFinite = false }).Steps(0, 2), withParameters: true),
        Saved(new Run(new AnyMemoryByHand(LinearMemory.Parse("slow: M(0.9) ⊕ M(0)"), Length)).Steps(0, 2), withParameters: true),
    ];

    private readonly Run _run = Run.Of(Length);
    private readonly string _before;

    public CheckpointFuzzTests()
    {
        Load(_run, _files[0]);
        _before = _run.State();
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public void A_file_changed_anywhere_is_refused() => Fuzz.Run(Effort.Of(10_000, 2_000_000), random =>
    {
        var bytes = Fuzz.Mutate(_files[random.Next(_files.Length)], random, ChangeBytes);
        Assert.True(!IsLoaded(bytes) || _files.Any(bytes.SequenceEqual));
    });

    [Fact]
    public void A_file_whose_header_is_changed_and_sealed_again_is_refused_or_as_good_as_any()
    {
        var (loaded, count) = (0, Effort.Of(20_000, 2_000_000));
        Fuzz.Run(count, random =>
        {
            var bytes = _files[random.Next(_files.Length)];
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            var header = Fuzz.Mutate(Encoding.UTF8.GetString(bytes, 8, length), random, (text, random) => Fuzz.ChangePiece(text, random, Words));
            var data = random.Next(4) == 0 ? ChangeBytes(bytes[(8 + length)..], random) : bytes[(8 + length)..];
            loaded += IsLoaded(Sealed(header, data)) ? 1 : 0;
        });
        Assert.InRange(loaded, count / 1000, count / 2);
    }

    /// <summary>Whether a file is loaded; if so, the state is one to go on with, and if not, nothing has changed.</summary>
    private bool IsLoaded(byte[] bytes)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Load(_run, bytes);
        }
        catch (InvalidDataException e)
        {
            Assert.StartsWith("The checkpoint ", e.Message);
            Assert.Equal(_before, _run.State());
            return false;
        }
        finally
        {
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, AllocatedAtLeast + AllocatedPerByte * (long)bytes.Length);
        }
        Assert.All(_run.Optimizer.LawCoefficients.ToArray(), coefficient => Assert.True(double.IsFinite(coefficient)));
        Assert.All(_run.Optimizer.Gram.ToRowMajor(), entry => Assert.True(double.IsFinite(entry)));
        using var resumed = Run.Of(Length);
        Load(resumed, Saved(_run, withParameters: true));
        Assert.Equal(_run.State(), resumed.State());
        _run.Steps(0, 1);
        Load(_run, _files[0]);
        Assert.Equal(_before, _run.State());
        return true;
    }

    private static void Load(Run run, byte[] bytes) => run.Optimizer.Load(new MemoryStream(bytes), run.Parameters);

    private static byte[] ChangeBytes(byte[] bytes, Random random)
    {
        var start = random.Next(bytes.Length + 1);
        var length = Math.Min(bytes.Length - start, random.Next(8) == 0 ? random.Next(bytes.Length + 1) : random.Next(1, 9));
        var noise = new byte[random.Next(1, 9)];
        random.NextBytes(noise);
        return random.Next(5) switch
        {
            0 => bytes[..start],
            1 => [.. bytes[..start], .. bytes[(start + length)..]],
            2 => [.. bytes[..start], .. noise, .. bytes[start..]],
            3 => [.. bytes[..start], .. noise.Take(length), .. bytes[(start + Math.Min(length, noise.Length))..]],
            _ => [.. bytes.Select((b, i) => i == start ? (byte)(b ^ (1 << (noise[0] % 8))) : b)],
        };
    }

    /// <summary>The file with the digest that its header's text would have, where it still has a place for one.</summary>
    private static byte[] Sealed(string header, byte[] data)
    {
        const string key = "\"sha256\":\"";
        var digest = header.IndexOf(key, StringComparison.Ordinal) is var position and >= 0 ? position + key.Length : header.Length;
        var room = digest + 64 <= header.Length;
        if (room)
            header = header.Remove(digest, 64).Insert(digest, new string('0', 64));
        var bytes = Bytes();
        if (room)
            header = header.Remove(digest, 64).Insert(digest, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        return Bytes();

        byte[] Bytes()
        {
            var json = Encoding.UTF8.GetBytes(header);
            var prefix = new byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)json.Length);
            return [.. prefix, .. json, .. data];
        }
    }

    private static byte[] Saved(Run run, bool withParameters)
    {
        var stream = new MemoryStream();
        run.Optimizer.Save(stream, withParameters ? run.Parameters : default);
        return stream.ToArray();
    }
}
