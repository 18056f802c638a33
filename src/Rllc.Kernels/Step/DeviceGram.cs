using System.ComponentModel;
using ILGPU;

namespace Rllc.Kernels;

/// <summary>
/// G = MᵀM from the memory itself, as <see cref="ExactGram"/> on the host. Each pair of units is summed by one warp, so that no
/// number of units needs more registers or barriers than another.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DeviceGram
{
    /// <summary>
    /// Adds a chunk's share to the group's partial sums; for all threads. When it returns, the chunk may be overwritten.
    /// </summary>
    /// <param name="units">k.</param>
    /// <param name="chunk">The chunk.</param>
    /// <param name="isFirst">Whether it is the group's first: then its share replaces what an earlier step has left.</param>
    /// <param name="step">The step.</param>
    public static void Add<TElement>(int units, ChunkViews chunk, bool isFirst, StepViews step) where TElement : struct, IDeviceElement
    {
        var warps = Group.DimX >> 5;
        var warp = Group.IdxX >> 5;
        var target = (long)Grid.IdxX * step.Law.SumCount + units + 1;
        var turn = 0;
        for (var i = 0; i < units; i++)
            for (var j = i; j < units; j++)
            {
                if (turn == warp)
                {
                    var sum = GroupSums.OfWarp(Dot<TElement>(i, j, chunk));
                    if (Warp.IsFirstLane)
                        step.Elements.Partials[target] = isFirst ? sum : step.Elements.Partials[target] + sum;
                }

                target++;
                turn++;
                if (turn == warps)
                    turn = 0;
            }

        Group.Barrier();
    }

    // Of the calling thread's part. The rows that pad M are zero, so that the last quad needs no care.
    private static float Dot<TElement>(int i, int j, ChunkViews chunk) where TElement : struct, IDeviceElement
    {
        var sum = 0f;
        var quads = (chunk.Count + 3) >> 2;
        for (var quad = Group.IdxX & 31; quad < quads; quad += 32)
            sum += Float4.Dot(chunk.LoadUnit4<TElement>(i, quad), chunk.LoadUnit4<TElement>(j, quad));
        return sum;
    }
}
