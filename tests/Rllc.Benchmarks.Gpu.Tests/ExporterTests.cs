using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rllc.Benchmarks.Gpu.Tests;

public class ExporterTests(ExportFolder export) : IClassFixture<ExportFolder>
{
    [Fact]
    public void Every_kernel_reads_its_argument_where_the_layout_has_a_number()
    {
        var leaves = new SortedSet<int>(Leaves("StepViews", 0));
        foreach (var module in Directory.GetFiles(export.Path, "*.ptx"))
        {
            var text = File.ReadAllText(module);
            Assert.Matches(@"\.param \.align 8 \.b8 \w+\[272\]", text);
            // All of it is read at first, so that every offset shows.
            var read = Regex.Matches(text, @"ld\.param\.\w+\s+%\w+, \[\w+?(?:\+(\d+))?\];")
                .Select(match => match.Groups[1].Success ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0);
            Assert.Equal(StepPtx.Entries.Count * leaves.Count, read.Count());
            Assert.Equal(leaves, new SortedSet<int>(read));
        }
    }

    [Fact]
    public void Every_entry_is_in_the_module_of_every_memory_and_format()
    {
        using var json = Json();
        var entries = json.RootElement.GetProperty("Entries").EnumerateArray().Select(entry => entry.GetString()!).ToList();
        Assert.Equal(StepPtx.Entries, entries);
        var modules = json.RootElement.GetProperty("Memories").EnumerateArray()
            .SelectMany(memory => memory.GetProperty("Formats").EnumerateArray())
            .Select(format => format.GetProperty("Module").GetString()!)
            .ToList();
        Assert.Equal(3 * 2, modules.Distinct().Count());
        Assert.All(modules, module =>
        {
            var text = File.ReadAllText(Path.Combine(export.Path, module));
            Assert.All(entries, entry => Assert.Contains($".visible .entry {entry}(", text));
        });
    }

    [Fact]
    public void A_memory_is_written_as_the_kernels_have_it()
    {
        using var json = Json();
        var memory = json.RootElement.GetProperty("Memories")[2];
        Assert.Equal("M(0.9) ⊕ M2(0.6)", memory.GetProperty("Spec").GetString());
        Assert.Equal([0.9f, 0, 0, 0, 0.6f, 1, 0, 0, 0.6f], Numbers("B"));
        Assert.Equal([1, 1, 0], Numbers("a"));
        var S = SquareMatrix.FromRowMajor(3, Numbers("S"));
        var identity = S * SquareMatrix.FromRowMajor(3, Numbers("InverseS"));
        for (var i = 0; i < 3; i++)
            for (var j = 0; j < 3; j++)
                Assert.Equal(i == j ? 1 : 0, identity[i, j], 1e-12);

        double[] Numbers(string name) => [.. memory.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];
    }

    [Fact]
    public void The_text_is_the_same_in_every_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        var folder = Directory.CreateTempSubdirectory("rllc-export-");
        try
        {
            CultureInfo.CurrentCulture = new("fi-FI");
            Exporter.Write(folder.FullName);
            Assert.Equal(File.ReadAllText(Path.Combine(export.Path, "export.json")), File.ReadAllText(Path.Combine(folder.FullName, "export.json")));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
            folder.Delete(recursive: true);
        }
    }

    [SkippableFact]
    public void The_tests_of_the_program_that_starts_the_kernels_pass()
    {
        var scripts = FolderOfScripts();
        Skip.If(scripts is null, "benchmarks/gpu is not above the tests.");
        var start = new ProcessStartInfo("python3", ["-B", "-m", "unittest"])
        {
            WorkingDirectory = scripts,
            RedirectStandardError = true,
            Environment = { ["RLLC_GPU_EXPORT"] = export.Path, ["OMP_NUM_THREADS"] = "1" },
        };
        using var python = Started(start);
        Skip.If(python is null, "There is no python3.");
        var output = python.StandardError.ReadToEnd();
        python.WaitForExit();
        Assert.True(python.ExitCode == 0, output);
        // Python itself says how many were skipped, most of them where PyTorch is not installed.
        Assert.Matches(@"Ran \d\d tests", output);
    }

    private static Process? Started(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string? FolderOfScripts()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "benchmarks", "gpu", "bench.py")))
                return Path.Combine(folder.FullName, "benchmarks", "gpu");
        return null;
    }

    private JsonDocument Json() => JsonDocument.Parse(File.ReadAllText(Path.Combine(export.Path, "export.json")));

    // The offsets of all that a kernel reads of a struct: of a view both its address and its length.
    private List<int> Leaves(string name, int first)
    {
        using var json = Json();
        return json.RootElement.GetProperty("Structs").GetProperty(name).GetProperty("Fields").EnumerateArray().SelectMany<JsonElement, int>(field =>
        {
            var offset = first + field.GetProperty("Offset").GetInt32();
            return field.GetProperty("Type").GetString() switch
            {
                "view" => [offset, offset + 8],
                "int32" or "int64" or "float32" or "float64" => [offset],
                var nested => Leaves(nested!, offset),
            };
        }).ToList();
    }
}
