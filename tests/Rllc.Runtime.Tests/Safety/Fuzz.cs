using System.Diagnostics;

namespace Rllc.Runtime.Tests.Safety;

/// <summary>Runs many inputs, each from a seed of its own, so that a failure can be repeated by its seed alone.</summary>
internal static class Fuzz
{
    /// <summary>How long reading an input may take before that is a failure too, on the busiest machine.</summary>
    private static readonly TimeSpan ForReading = TimeSpan.FromSeconds(10);

    /// <summary>Makes the attempts one after the other, each within the limit: that of reading where none is given.</summary>
    public static void Run(int count, Action<Random> attempt, int first = 0, TimeSpan? limit = null)
    {
        var tooLong = limit ?? ForReading;
        for (var i = first; i < first + count; i++)
        {
            var seed = unchecked(Effort.Seed + i);
            var start = Stopwatch.GetTimestamp();
            try
            {
                attempt(new Random(seed));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"RLLC_SEED={seed}: {e.Message}", e);
            }
            Assert.True(Stopwatch.GetElapsedTime(start) < tooLong, $"RLLC_SEED={seed}: took longer than {tooLong}.");
        }
    }

    /// <summary>One to a few random changes; the rarer, the larger.</summary>
    public static T Mutate<T>(T input, Random random, Func<T, Random, T> change)
    {
        do
            input = change(input, random);
        while (random.Next(3) == 0);
        return input;
    }

    /// <summary>Deletes, copies to another place, or replaces by some other text a random piece of a text.</summary>
    public static string ChangePiece(string text, Random random, ReadOnlySpan<string> words)
    {
        var start = random.Next(text.Length + 1);
        var length = Math.Min(text.Length - start, random.Next(8) == 0 ? random.Next(text.Length + 1) : random.Next(4));
        var piece = text.Substring(start, length);
        return random.Next(4) switch
        {
            0 => text.Remove(start, length),
            1 => text.Insert(random.Next(text.Length + 1), piece),
            2 => text.Insert(start, words[random.Next(words.Length)]),
            _ => text.Remove(start, length).Insert(start, words[random.Next(words.Length)]),
        };
    }
}
