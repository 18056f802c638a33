using System.Collections.Immutable;

namespace Rllc.Generators;

/// <summary>The members of an emitted class. C# allows none of them to have the name of the class itself.</summary>
internal static class EmittedMembers
{
    public static readonly ImmutableHashSet<string> Names = ImmutableHashSet.Create(
        "Spec", "B", "a", "S", "DeclaredMemory", "Law", "LearningLaw", "Options", "Project", "Advance", "ProjectAndAdvance",
        "Device", "DeviceKernels", "CpuKernels", "CreateOnCpu", "LawOf",
        "Q", "PseudoInverseOfQ", "FromGivenLaw", "ToGivenLaw");
}
