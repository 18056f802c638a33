using System.ComponentModel;
using ILGPU;

namespace Rllc.Kernels;

/// <summary>
/// Sums over the threads of a group, in float64 and in an order that never changes: first over each warp, then over the warps.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GroupSums
{
    /// <summary>The most threads of a group, in every kernel that sums; a multiple of 32 in any case.</summary>
    internal const int MostThreads = TensorLayout.ThreadsPerGroup;

    /// <summary>Most warps of a group: what a number takes of the room.</summary>
    public const int Warps = MostThreads / 32;

    /// <summary>Adds up a number over each warp; for all threads.</summary>
    /// <param name="number">Which of the numbers, from 0.</param>
    /// <param name="value">The thread's own part.</param>
    /// <param name="room">Shared memory for <see cref="Warps"/> elements of each number.</param>
    public static void AddWarps(int number, double value, ArrayView<double> room)
    {
        var sum = OfWarp(value);
        if (Warp.IsFirstLane)
            room[number * Warps + (Group.IdxX >> 5)] = sum;
    }

    /// <summary>Writes the sums over the group where the law's kernels expect them; for all threads.</summary>
    /// <param name="count">How many numbers <see cref="AddWarps"/> has summed.</param>
    /// <param name="room">The same room.</param>
    /// <param name="step">The step.</param>
    public static void Write(int count, ArrayView<double> room, StepViews step)
    {
        Group.Barrier();
        for (var number = Group.IdxX; number < count; number += Group.DimX)
            step.Elements.Partials[(long)Grid.IdxX * step.Law.SumCount + number] = OfWarps(number, room);
    }

    /// <summary>The sum of a number over all warps, after a barrier.</summary>
    internal static double OfWarps(int number, ArrayView<double> room)
    {
        var sum = 0.0;
        for (var warp = 0; warp < Group.DimX >> 5; warp++)
            sum += room[number * Warps + warp];
        return sum;
    }

    /// <summary>The sum over the calling warp, for its first lane.</summary>
    internal static double OfWarp(double value)
    {
        value += Warp.ShuffleDown(value, 16);
        value += Warp.ShuffleDown(value, 8);
        value += Warp.ShuffleDown(value, 4);
        value += Warp.ShuffleDown(value, 2);
        return value + Warp.ShuffleDown(value, 1);
    }
}
