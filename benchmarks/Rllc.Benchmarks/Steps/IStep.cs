namespace Rllc.Benchmarks.Steps;

/// <summary>Something that is done again and again to the same arrays.</summary>
internal interface IStep : IDisposable
{
    /// <summary>What it costs the memory.</summary>
    Traffic Traffic { get; }

    /// <summary>Does it once.</summary>
    void Step();
}
