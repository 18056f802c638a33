namespace Shared.Training;

/// <summary>The files of a run.</summary>
internal sealed class RunDirectory(string path)
{
    public string Path { get; } = path;

    /// <summary>What was run, as JSON.</summary>
    public string Settings => System.IO.Path.Combine(Path, "settings.json");

    /// <summary>How it went, as CSV.</summary>
    public string Records => System.IO.Path.Combine(Path, "run.csv");

    /// <summary>The optimizer's state and the parameters.</summary>
    public string Checkpoint => System.IO.Path.Combine(Path, "checkpoint.safetensors");

    /// <summary>The network as its library saves it, where the checkpoint does not hold all of it.</summary>
    public string Network => System.IO.Path.Combine(Path, "network.dat");

    /// <summary>The page to look at.</summary>
    public string Report => System.IO.Path.Combine(Path, "report.html");
}
