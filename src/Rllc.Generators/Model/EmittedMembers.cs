using System.Collections.Immutable;

namespace Rllc.Generators;

/// <summary>The members of an emitted class. C# allows none of them to have the name of the class itself.</summary>
internal static class EmittedMembers
{
    /// <summary>Of a linear memory.</summary>
    public static readonly ImmutableHashSet<string> OfLinearMemory = ImmutableHashSet.Create(
        "Spec", "B", "a", "S", "DeclaredMemory", "Law", "LearningLaw", "Options", "Project", "Advance", "ProjectAndAdvance",
        "Device", "DeviceKernels", "CpuKernels", "CreateOnCpu", "LawOf",
        "Q", "PseudoInverseOfQ", "FromGivenLaw", "ToGivenLaw");

    /// <summary>Likewise of a memory rule.</summary>
    public static readonly ImmutableHashSet<string> OfMemoryRule = ImmutableHashSet.Create(
        "DeclaredMemory", "Law", "LearningLaw", "Options", "Project", "Advance", "ProjectAndAdvance", "CpuKernels", "CreateOnCpu", "LawOf",
        "Spec", "B", "a", "S");

    /// <summary>Likewise of an Adam.</summary>
    public static readonly ImmutableHashSet<string> OfAdam = ImmutableHashSet.Create("Beta1", "Beta2", "Alpha", "Momentum", "Epsilon", "Capacity", "Decay", "Formula", "Options", "Advance", "CpuKernels", "CreateOnCpu", "Device", "DeviceKernels");
}
