using System.ComponentModel;

namespace Rllc;

/// <summary>How M is laid out: tile by tile, and in a tile unit by unit.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Tile
{
    /// <summary>Elements of each unit in a tile: a cache line of float32, and a vector of the widest processors.</summary>
    public const int Length = 16;
}
