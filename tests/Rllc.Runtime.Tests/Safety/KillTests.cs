using System.Globalization;
using Rllc.Runtime.Tests.Cpu;

namespace Rllc.Runtime.Tests.Safety;

[Collection(nameof(Alone))]
public class KillTests
{
    [Fact]
    public void A_process_killed_while_it_saves_leaves_the_old_or_the_new_checkpoint_whole()
    {
        using var folder = new TemporaryFolder();
        var path = folder["run.safetensors"];
        using var uninterrupted = SaveLoop.New();
        var random = new Random(Effort.Seed);
        var (kills, amidWriting) = (Effort.Of(10, 250), 0);
        for (var kill = 0; kill < kills; kill++)
        {
            var reported = KillAtRandom(path, random);
            using var found = SaveLoop.New();
            found.Optimizer.Load(path, found.Parameters);
            var step = (int)found.Optimizer.StepCount;
            Assert.True(step == reported || step == reported + 1, $"Seed {Effort.Seed}: step {reported} was saved, the file holds {step}.");
            while (uninterrupted.Optimizer.StepCount < step)
                SaveLoop.Step(uninterrupted);
            Assert.Equal(uninterrupted.State(), found.State());

            // The saves of the next process remove what the last one left.
            var left = Directory.GetFiles(folder.Path).Length - 1;
            Assert.InRange(left, 0, 1);
            amidWriting += left;
        }
        Assert.True(amidWriting > 0, $"Seed {Effort.Seed}: none of {kills} kills came while a file was being written.");
    }

    /// <summary>The last step whose save has returned.</summary>
    private static int KillAtRandom(string path, Random random)
    {
        using var process = SaveLoop.Start(path);
        try
        {
            var line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The child ended by itself.");
            // Asleep: on a machine with one processor the child needs it.
            Thread.Sleep(random.Next(40));
            process.Kill();
            var last = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault(line);
            return int.Parse(last, CultureInfo.InvariantCulture);
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }
}
