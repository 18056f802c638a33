using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Quickstart.Network;

/// <summary>
/// C ← C + A·B for dense matrices of floats, row by row. Every element of C takes its terms in order, one fused
/// multiply-add each, so results depend neither on the vector width nor on how the rows of C are shared out to threads.
/// </summary>
internal static class MatrixProduct
{
    /// <summary>C ← C + A·B with C of rows×columns, A of rows×inner and B of inner×columns.</summary>
    public static void Add(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int inner, int columns)
    {
        var rows = c.Length / columns;
        RequireSizes(a.Length == rows * inner && b.Length == inner * columns && c.Length == rows * columns);
        Add(ref MemoryMarshal.GetReference(a), inner, 1, b, c, inner, columns);
    }

    /// <summary>
    /// C ← C + A'ᵀ·B with C of rows×columns, B of inner×columns, and A' the columns of A (inner×width) from
    /// <paramref name="firstColumn"/> on, as many as C has rows.
    /// </summary>
    public static void AddTransposed(
        ReadOnlySpan<float> a, int width, int firstColumn, ReadOnlySpan<float> b, Span<float> c, int inner, int columns)
    {
        var rows = c.Length / columns;
        RequireSizes(a.Length == inner * width && firstColumn + rows <= width && b.Length == inner * columns && c.Length == rows * columns);
        Add(ref Unsafe.Add(ref MemoryMarshal.GetReference(a), firstColumn), 1, width, b, c, inner, columns);
    }

    /// <summary>Element (i, k) of A is at i·rowStep + k·innerStep.</summary>
    private static void Add(
        ref float a, int rowStep, int innerStep, ReadOnlySpan<float> b, Span<float> c, int inner, int columns)
    {
        var rows = c.Length / columns;
        ref var firstB = ref MemoryMarshal.GetReference(b);
        ref var firstC = ref MemoryMarshal.GetReference(c);
        for (var column = 0; column < columns;)
        {
            var wide = column + 2 * Vector<float>.Count <= columns;
            for (var row = 0; row < rows; row += 4)
            {
                // Four rows at a time; past the end the last row stands in, written several times with the same value.
                int r1 = Math.Min(row + 1, rows - 1), r2 = Math.Min(row + 2, rows - 1), r3 = Math.Min(row + 3, rows - 1);
                var tile = new Tile(ref a, row * rowStep, r1 * rowStep, r2 * rowStep, r3 * rowStep, innerStep);
                ref var tileB = ref Unsafe.Add(ref firstB, column);
                ref var c0 = ref Unsafe.Add(ref firstC, row * columns + column);
                ref var c1 = ref Unsafe.Add(ref firstC, r1 * columns + column);
                ref var c2 = ref Unsafe.Add(ref firstC, r2 * columns + column);
                ref var c3 = ref Unsafe.Add(ref firstC, r3 * columns + column);
                if (wide)
                    tile.AddWide(ref tileB, columns, inner, ref c0, ref c1, ref c2, ref c3);
                else
                    tile.AddColumn(ref tileB, columns, inner, ref c0, ref c1, ref c2, ref c3);
            }

            column += wide ? 2 * Vector<float>.Count : 1;
        }
    }

    private static void RequireSizes(bool fit)
    {
        if (!fit)
            throw new ArgumentException("The sizes of the matrices do not fit together.");
    }

    /// <summary>Four rows of A.</summary>
    private readonly ref struct Tile(ref float a, int row0, int row1, int row2, int row3, int innerStep)
    {
        private readonly ref float a0 = ref Unsafe.Add(ref a, row0);
        private readonly ref float a1 = ref Unsafe.Add(ref a, row1);
        private readonly ref float a2 = ref Unsafe.Add(ref a, row2);
        private readonly ref float a3 = ref Unsafe.Add(ref a, row3);

        /// <summary>Four rows by two vectors of C: eight sums, as many as keep two multiply-add units busy.</summary>
        public void AddWide(ref float b, int bStep, int inner, ref float c0, ref float c1, ref float c2, ref float c3)
        {
            var width = (nuint)Vector<float>.Count;
            Vector<float> s00 = Vector.LoadUnsafe(ref c0), s01 = Vector.LoadUnsafe(ref c0, width);
            Vector<float> s10 = Vector.LoadUnsafe(ref c1), s11 = Vector.LoadUnsafe(ref c1, width);
            Vector<float> s20 = Vector.LoadUnsafe(ref c2), s21 = Vector.LoadUnsafe(ref c2, width);
            Vector<float> s30 = Vector.LoadUnsafe(ref c3), s31 = Vector.LoadUnsafe(ref c3, width);
            nint at = 0;
            for (var k = 0; k < inner; k++)
            {
                Vector<float> b0 = Vector.LoadUnsafe(ref b), b1 = Vector.LoadUnsafe(ref b, width);
                var factor = new Vector<float>(Unsafe.Add(ref a0, at));
                s00 = Vector.FusedMultiplyAdd(factor, b0, s00);
                s01 = Vector.FusedMultiplyAdd(factor, b1, s01);
                factor = new(Unsafe.Add(ref a1, at));
                s10 = Vector.FusedMultiplyAdd(factor, b0, s10);
                s11 = Vector.FusedMultiplyAdd(factor, b1, s11);
                factor = new(Unsafe.Add(ref a2, at));
                s20 = Vector.FusedMultiplyAdd(factor, b0, s20);
                s21 = Vector.FusedMultiplyAdd(factor, b1, s21);
                factor = new(Unsafe.Add(ref a3, at));
                s30 = Vector.FusedMultiplyAdd(factor, b0, s30);
                s31 = Vector.FusedMultiplyAdd(factor, b1, s31);
                at += innerStep;
                b = ref Unsafe.Add(ref b, bStep);
            }

            s00.StoreUnsafe(ref c0);
            s01.StoreUnsafe(ref c0, width);
            s10.StoreUnsafe(ref c1);
            s11.StoreUnsafe(ref c1, width);
            s20.StoreUnsafe(ref c2);
            s21.StoreUnsafe(ref c2, width);
            s30.StoreUnsafe(ref c3);
            s31.StoreUnsafe(ref c3, width);
        }

        /// <summary>Four rows of one column of C, where less than two vectors of columns are left.</summary>
        public void AddColumn(ref float b, int bStep, int inner, ref float c0, ref float c1, ref float c2, ref float c3)
        {
            float s0 = c0, s1 = c1, s2 = c2, s3 = c3;
            nint at = 0;
            for (var k = 0; k < inner; k++)
            {
                s0 = MathF.FusedMultiplyAdd(Unsafe.Add(ref a0, at), b, s0);
                s1 = MathF.FusedMultiplyAdd(Unsafe.Add(ref a1, at), b, s1);
                s2 = MathF.FusedMultiplyAdd(Unsafe.Add(ref a2, at), b, s2);
                s3 = MathF.FusedMultiplyAdd(Unsafe.Add(ref a3, at), b, s3);
                at += innerStep;
                b = ref Unsafe.Add(ref b, bStep);
            }

            (c0, c1, c2, c3) = (s0, s1, s2, s3);
        }
    }
}
