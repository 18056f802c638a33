using ILGPU;
using Rllc.Kernels;

namespace Rllc.Benchmarks.Gpu;

internal static partial class Declared
{
    internal sealed partial class Momentum
    {
        /// <summary>The kernels of a step on a device, by hand: what is to be generated.</summary>
        [StepKernels("Rllc.Benchmarks.Gpu.Declared+Momentum", "M(0.9)")]
        public static class DeviceKernels
        {
            public static void Project<TElement>(StepViews step) where TElement : struct, IDeviceElement
            {
                var gramIsDue = step.GramIsDue;
                var sum0 = 0.0;
                var sum1 = 0.0;
                for (var index = step.FirstChunk; index < step.EndChunk; index++)
                {
                    var chunk = step.Chunk(index);
                    if (gramIsDue)
                        DeviceGram.Add<TElement>(1, chunk, index == step.FirstChunk, step);
                    var c0 = 0f;
                    var γ = 0f;
                    for (var i = Group.IdxX; i < chunk.Quads; i += Group.DimX)
                    {
                        var gradient = chunk.LoadGradient4(i);
                        var old0 = chunk.LoadUnit4<TElement>(0, i);
                        c0 += Float4.Dot(old0, gradient);
                        γ += Float4.Dot(gradient, gradient);
                    }
                    for (var i = 4 * chunk.Quads + Group.IdxX; i < chunk.Count; i += Group.DimX)
                    {
                        var gradient = chunk.LoadGradient(i);
                        var old0 = chunk.LoadUnit<TElement>(0, i);
                        c0 += Float4.Dot(old0, gradient);
                        γ += Float4.Dot(gradient, gradient);
                    }
                    sum0 += c0;
                    sum1 += γ;
                }
                var room = SharedMemory.Allocate<double>(2 * GroupSums.Warps);
                GroupSums.AddWarps(0, sum0, room);
                GroupSums.AddWarps(1, sum1, room);
                GroupSums.Write(2, room, step);
            }

            public static void Advance<TElement>(StepViews step) where TElement : struct, IDeviceElement
            {
                if (!step.IsApplied)
                    return;
                const float b_0_9 = 0.9f;
                var scale = step.GradientScale;
                var decay = step.Decay;
                var l0 = step.LawOf(0);
                for (var index = step.FirstChunk; index < step.EndChunk; index++)
                {
                    var chunk = step.Chunk(index);
                    for (var i = Group.IdxX; i < chunk.Quads; i += Group.DimX)
                    {
                        var gradient = chunk.LoadGradient4(i) * scale;
                        var old0 = chunk.LoadUnit4<TElement>(0, i);
                        var parameter = chunk.LoadParameter4(i) * decay;
                        var new0 = old0 * b_0_9 + gradient;
                        parameter += new0 * l0;
                        chunk.StoreUnit4<TElement>(0, i, new0);
                        chunk.StoreParameter4(i, parameter);
                    }
                    for (var i = 4 * chunk.Quads + Group.IdxX; i < chunk.Count; i += Group.DimX)
                    {
                        var gradient = chunk.LoadGradient(i) * scale;
                        var old0 = chunk.LoadUnit<TElement>(0, i);
                        var parameter = chunk.LoadParameter(i) * decay;
                        var new0 = old0 * b_0_9 + gradient;
                        parameter += new0 * l0;
                        chunk.StoreUnit<TElement>(0, i, new0);
                        chunk.StoreParameter(i, parameter);
                    }
                }
            }

            public static void ProjectAndAdvance<TElement>(StepViews step) where TElement : struct, IDeviceElement
            {
                const float b_0_9 = 0.9f;
                var scale = step.GradientScale;
                var decay = step.Decay;
                var l0 = step.LawOf(0);
                var gramIsDue = step.GramIsDue;
                var sum0 = 0.0;
                var sum1 = 0.0;
                for (var index = step.FirstChunk; index < step.EndChunk; index++)
                {
                    var chunk = step.Chunk(index);
                    if (gramIsDue)
                        DeviceGram.Add<TElement>(1, chunk, index == step.FirstChunk, step);
                    var c0 = 0f;
                    var γ = 0f;
                    for (var i = Group.IdxX; i < chunk.Quads; i += Group.DimX)
                    {
                        var gradient = chunk.LoadGradient4(i);
                        var old0 = chunk.LoadUnit4<TElement>(0, i);
                        var parameter = chunk.LoadParameter4(i) * decay;
                        c0 += Float4.Dot(old0, gradient);
                        γ += Float4.Dot(gradient, gradient);
                        gradient *= scale;
                        var new0 = old0 * b_0_9 + gradient;
                        parameter += new0 * l0;
                        chunk.StoreUnit4<TElement>(0, i, new0);
                        chunk.StoreParameter4(i, parameter);
                    }
                    for (var i = 4 * chunk.Quads + Group.IdxX; i < chunk.Count; i += Group.DimX)
                    {
                        var gradient = chunk.LoadGradient(i);
                        var old0 = chunk.LoadUnit<TElement>(0, i);
                        var parameter = chunk.LoadParameter(i) * decay;
                        c0 += Float4.Dot(old0, gradient);
                        γ += Float4.Dot(gradient, gradient);
                        gradient *= scale;
                        var new0 = old0 * b_0_9 + gradient;
                        parameter += new0 * l0;
                        chunk.StoreUnit<TElement>(0, i, new0);
                        chunk.StoreParameter(i, parameter);
                    }
                    sum0 += c0;
                    sum1 += γ;
                }
                var room = SharedMemory.Allocate<double>(2 * GroupSums.Warps);
                GroupSums.AddWarps(0, sum0, room);
                GroupSums.AddWarps(1, sum1, room);
                GroupSums.Write(2, room, step);
            }
        }
    }
}
