// What generated code uses of ILGPU, by its signatures alone.
namespace ILGPU
{
    public static class Group
    {
        public static int IdxX => throw null!;

        public static int DimX => throw null!;

        public static void Barrier() => throw null!;
    }

    public static class SharedMemory
    {
        public static ArrayView<T> Allocate<T>(int extent) where T : unmanaged => throw null!;
    }

    public readonly struct ArrayView<T> where T : unmanaged
    {
        public ref T this[int index] => throw null!;
    }
}

namespace ILGPU.Runtime
{
    public abstract class Accelerator
    {
        private protected Accelerator() => throw null!;
    }
}
