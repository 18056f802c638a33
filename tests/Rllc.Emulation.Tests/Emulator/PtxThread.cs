namespace Rllc.Emulation.Tests.Emulator;

/// <summary>A thread: its registers, whatever their type in the lower bits of 64, and where it is.</summary>
internal sealed class PtxThread(PtxGroup group, int index, int registers)
{
    public ulong[] Registers { get; } = new ulong[registers];

    public PtxGroup Group { get; } = group;

    /// <summary>Its number in the group.</summary>
    public int Index { get; } = index;

    /// <summary>The next instruction.</summary>
    public int Next { get; set; }

    /// <summary>Whether it has returned.</summary>
    public bool IsDone { get; set; }

    /// <summary>The instruction at which it waits for the others of its group, if it does.</summary>
    public int? Barrier { get; set; }

    /// <summary>What it gives to the others of its warp and waits for, if it does.</summary>
    public PtxShuffle? Shuffle { get; set; }
}

/// <summary>A shuffle that a thread has come to.</summary>
/// <param name="Instruction">Which one: all lanes of a warp must come to the same.</param>
/// <param name="Value">What it gives.</param>
/// <param name="Delta">From how many lanes further up it takes.</param>
/// <param name="Target">The register that takes it.</param>
internal sealed record PtxShuffle(int Instruction, ulong Value, int Delta, int Target);
