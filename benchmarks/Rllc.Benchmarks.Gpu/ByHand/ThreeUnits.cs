using ILGPU;
using Rllc.Kernels;

namespace Rllc.Benchmarks.Gpu;

internal static partial class Declared
{
    internal sealed partial class ThreeUnits
    {
        /// <summary>The kernels of a step on a device, by hand: what is to be generated.</summary>
        [StepKernels("Rllc.Benchmarks.Gpu.Declared+ThreeUnits", "M(0.9) ⊕ M2(0.6)")]
        public static class DeviceKernels
        {
            public static void Project<TElement>(StepViews step) where TElement : struct, IDeviceElement
            {
                var gramIsDue = step.GramIsDue;
                var sum0 = 0.0;
                var sum1 = 0.0;
                var sum2 = 0.0;
                var sum3 = 0.0;
                for (var index = step.FirstChunk; index < step.EndChunk; index++)
                {
                    var chunk = step.Chunk(index);
                    if (gramIsDue)
                        DeviceGram.Add<TElement>(3, chunk, index == step.FirstChunk, step);
                    var c0 = 0f;
                    var c1 = 0f;
                    var c2 = 0f;
                    var γ = 0f;
                    for (var i = Group.IdxX; i < chunk.Quads; i += Group.DimX)
                    {
                        var gradient = chunk.LoadGradient4(i);
                        var old0 = chunk.LoadUnit4<TElement>(0, i);
                        var old1 = chunk.LoadUnit4<TElement>(1, i);
                        var old2 = chunk.LoadUnit4<TElement>(2, i);
                        c0 += Float4.Dot(old0, gradient);
                        c1 += Float4.Dot(old1, gradient);
                        c2 += Float4.Dot(old2, gradient);
                        γ += Float4.Dot(gradient, gradient);
                    }
                    for (var i = 4 * chunk.Quads + Group.IdxX; i < chunk.Count; i += Group.DimX)
                    {
                        var gradient = chunk.LoadGradient(i);
                        var old0 = chunk.LoadUnit<TElement>(0, i);
                        var old1 = chunk.LoadUnit<TElement>(1, i);
                        var old2 = chunk.LoadUnit<TElement>(2, i);
                        c0 += Float4.Dot(old0, gradient);
                        c1 += Float4.Dot(old1, gradient);
                        c2 += Float4.Dot(old2, gradient);
                        γ += Float4.Dot(gradient, gradient);
                    }
                    sum0 += c0;
                    sum1 += c1;
                    sum2 += c2;
                    sum3 += γ;
                }
                var room = SharedMemory.Allocate<double>(4 * GroupSums.Warps);
                GroupSums.AddWarps(0, sum0, room);
                GroupSums.AddWarps(1, sum1, room);
                GroupSums.AddWarps(2, sum2, room);
                GroupSums.AddWarps(3, sum3, room);
                GroupSums.Write(4, room, step);
            }

            public static void Advance<TElement>(StepViews step) where TElement : struct, IDeviceElement
            {
                if (!step.IsApplied)
                    return;
                const float b_0_9 = 0.9f;
                const float b_0_6 = 0.6f;
                var scale = step.GradientScale;
                var decay = step.Decay;
                var l0 = step.LawOf(0);
                var l1 = step.LawOf(1);
                var l2 = step.LawOf(2);
                for (var index = step.FirstChunk; index < step.EndChunk; index++)
                {
                    var chunk = step.Chunk(index);
                    for (var i = Group.IdxX; i < chunk.Quads; i += Group.DimX)
                    {
                        var gradient = chunk.LoadGradient4(i) * scale;
                        var old0 = chunk.LoadUnit4<TElement>(0, i);
                        var old1 = chunk.LoadUnit4<TElement>(1, i);
                        var old2 = chunk.LoadUnit4<TElement>(2, i);
                        var parameter = chunk.LoadParameter4(i) * decay;
                        var new0 = old0 * b_0_9 + gradient;
                        var new1 = old1 * b_0_6 + gradient;
                        var new2 = old2 * b_0_6 + old1;
                        parameter += new0 * l0;
                        parameter += new1 * l1;
                        parameter += new2 * l2;
                        chunk.StoreUnit4<TElement>(0, i, new0);
                        chunk.StoreUnit4<TElement>(1, i, new1);
                        chunk.StoreUnit4<TElement>(2, i, new2);
                        chunk.StoreParameter4(i, parameter);
                    }
                    for (var i = 4 * chunk.Quads + Group.IdxX; i < chunk.Count; i += Group.DimX)
                    {
                        var gradient = chunk.LoadGradient(i) * scale;
                        var old0 = chunk.LoadUnit<TElement>(0, i);
                        var old1 = chunk.LoadUnit<TElement>(1, i);
                        var old2 = chunk.LoadUnit<TElement>(2, i);
                        var parameter = chunk.LoadParameter(i) * decay;
                        var new0 = old0 * b_0_9 + gradient;
                        var new1 = old1 * b_0_6 + gradient;
                        var new2 = old2 * b_0_6 + old1;
                        parameter += new0 * l0;
                        parameter += new1 * l1;
                        parameter += new2 * l2;
                        chunk.StoreUnit<TElement>(0, i, new0);
                        chunk.StoreUnit<TElement>(1, i, new1);
                        chunk.StoreUnit<TElement>(2, i, new2);
                        chunk.StoreParameter(i, parameter);
                    }
                }
            }

            public static void ProjectAndAdvance<TElement>(StepViews step) where TElement : struct, IDeviceElement
            {
                const float b_0_9 = 0.9f;
                const float b_0_6 = 0.6f;
                var scale = step.GradientScale;
                var decay = step.Decay;
                var l0 = step.LawOf(0);
                var l1 = step.LawOf(1);
                var l2 = step.LawOf(2);
                var gramIsDue = step.GramIsDue;
                var sum0 = 0.0;
                var sum1 = 0.0;
                var sum2 = 0.0;
                var sum3 = 0.0;
                for (var index = step.FirstChunk; index < step.EndChunk; index++)
                {
                    var chunk = step.Chunk(index);
                    if (gramIsDue)
                        DeviceGram.Add<TElement>(3, chunk, index == step.FirstChunk, step);
                    var c0 = 0f;
                    var c1 = 0f;
                    var c2 = 0f;
                    var γ = 0f;
                    for (var i = Group.IdxX; i < chunk.Quads; i += Group.DimX)
                    {
                        var gradient = chunk.LoadGradient4(i);
                        var old0 = chunk.LoadUnit4<TElement>(0, i);
                        var old1 = chunk.LoadUnit4<TElement>(1, i);
                        var old2 = chunk.LoadUnit4<TElement>(2, i);
                        var parameter = chunk.LoadParameter4(i) * decay;
                        c0 += Float4.Dot(old0, gradient);
                        c1 += Float4.Dot(old1, gradient);
                        c2 += Float4.Dot(old2, gradient);
                        γ += Float4.Dot(gradient, gradient);
                        gradient *= scale;
                        var new0 = old0 * b_0_9 + gradient;
                        var new1 = old1 * b_0_6 + gradient;
                        var new2 = old2 * b_0_6 + old1;
                        parameter += new0 * l0;
                        parameter += new1 * l1;
                        parameter += new2 * l2;
                        chunk.StoreUnit4<TElement>(0, i, new0);
                        chunk.StoreUnit4<TElement>(1, i, new1);
                        chunk.StoreUnit4<TElement>(2, i, new2);
                        chunk.StoreParameter4(i, parameter);
                    }
                    for (var i = 4 * chunk.Quads + Group.IdxX; i < chunk.Count; i += Group.DimX)
                    {
                        var gradient = chunk.LoadGradient(i);
                        var old0 = chunk.LoadUnit<TElement>(0, i);
                        var old1 = chunk.LoadUnit<TElement>(1, i);
                        var old2 = chunk.LoadUnit<TElement>(2, i);
                        var parameter = chunk.LoadParameter(i) * decay;
                        c0 += Float4.Dot(old0, gradient);
                        c1 += Float4.Dot(old1, gradient);
                        c2 += Float4.Dot(old2, gradient);
                        γ += Float4.Dot(gradient, gradient);
                        gradient *= scale;
                        var new0 = old0 * b_0_9 + gradient;
                        var new1 = old1 * b_0_6 + gradient;
                        var new2 = old2 * b_0_6 + old1;
                        parameter += new0 * l0;
                        parameter += new1 * l1;
                        parameter += new2 * l2;
                        chunk.StoreUnit<TElement>(0, i, new0);
                        chunk.StoreUnit<TElement>(1, i, new1);
                        chunk.StoreUnit<TElement>(2, i, new2);
                        chunk.StoreParameter(i, parameter);
                    }
                    sum0 += c0;
                    sum1 += c1;
                    sum2 += c2;
                    sum3 += γ;
                }
                var room = SharedMemory.Allocate<double>(4 * GroupSums.Warps);
                GroupSums.AddWarps(0, sum0, room);
                GroupSums.AddWarps(1, sum1, room);
                GroupSums.AddWarps(2, sum2, room);
                GroupSums.AddWarps(3, sum3, room);
                GroupSums.Write(4, room, step);
            }
        }
    }
}
