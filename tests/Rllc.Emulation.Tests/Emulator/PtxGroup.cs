namespace Rllc.Emulation.Tests.Emulator;

/// <summary>
/// A group of threads, run one after the other as far as each comes: to a barrier, to a shuffle, to its end. What a GPU leaves
/// undefined is refused: barriers that not all threads come to, shuffles that not all lanes take part in.
/// </summary>
internal sealed class PtxGroup
{
    private const int WarpSize = 32;

    private readonly PtxEntry _entry;
    private readonly PtxThread[] _threads;

    public PtxGroup(PtxEntry entry, int index, int count, int threads, byte[] argument, DeviceAddresses addresses)
    {
        (_entry, Index, Count, Argument, Addresses) = (entry, index, count, argument, addresses);
        Shared = new byte[entry.SharedBytes];
        // What was there before is undefined on a device.
        Array.Fill(Shared, (byte)0xCD);
        _threads = [.. Enumerable.Range(0, threads).Select(thread => new PtxThread(this, thread, entry.RegisterCount))];
    }

    /// <summary>Its number in the grid.</summary>
    public int Index { get; }

    /// <summary>Groups of the grid.</summary>
    public int Count { get; }

    /// <summary>Threads of the group.</summary>
    public int ThreadCount => _threads.Length;

    public byte[] Argument { get; }

    public byte[] Shared { get; }

    public DeviceAddresses Addresses { get; }

    public void Run()
    {
        while (_threads.Any(thread => !thread.IsDone))
        {
            foreach (var thread in _threads)
                RunOn(thread);
            if (!Shuffle())
                PassBarrier();
        }
    }

    private void RunOn(PtxThread thread)
    {
        while (!thread.IsDone && thread.Barrier is null && thread.Shuffle is null)
            _entry.Operations[thread.Next++](thread);
    }

    /// <summary>Lets the warps that are at a shuffle do it; false if none is.</summary>
    private bool Shuffle()
    {
        var any = false;
        foreach (var warp in _threads.Chunk(WarpSize).Where(warp => warp.Any(lane => lane.Shuffle is not null)))
        {
            var shuffles = warp.Select(lane => lane.Shuffle).ToArray();
            if (warp.Length != WarpSize || shuffles.Any(shuffle => shuffle?.Instruction != shuffles[0]?.Instruction))
                throw new InvalidOperationException($"{_entry.Name}: not all lanes of a warp come to the same shuffle.");
            for (var lane = 0; lane < WarpSize; lane++)
            {
                var (shuffle, from) = (shuffles[lane]!, lane + shuffles[lane]!.Delta);
                warp[lane].Registers[shuffle.Target] = shuffles[from < WarpSize ? from : lane]!.Value;
                warp[lane].Shuffle = null;
            }
            any = true;
        }
        return any;
    }

    private void PassBarrier()
    {
        var waiting = _threads.Where(thread => thread.Barrier is not null).ToList();
        if (waiting.Count == 0)
            return;
        if (waiting.Count != _threads.Length || waiting.Any(thread => thread.Barrier != waiting[0].Barrier))
            throw new InvalidOperationException($"{_entry.Name}: not all threads of a group come to the same barrier.");
        foreach (var thread in waiting)
            thread.Barrier = null;
    }
}
