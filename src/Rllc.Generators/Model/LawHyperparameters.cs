namespace Rllc.Generators;

/// <summary>The hyperparameters that are for a law that learns: neither a fixed one nor an Adam has a use for them.</summary>
internal static class LawHyperparameters
{
    public static readonly string[] Names = ["LawLearningRate", "InitialLaw", "Relaxation", "Epsilon", "Timing", "LawInterval", "HoldCorrections"];
}
