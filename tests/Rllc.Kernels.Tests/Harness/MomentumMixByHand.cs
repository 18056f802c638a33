using ILGPU;

namespace Rllc.Kernels.Tests;

/// <summary>What is to be generated for M(0.9) ⊕ M(0), written by hand.</summary>
[StepKernels("MomentumMix", "M(0.9) ⊕ M(0)")]
public static class MomentumMixByHand
{
    public static void Project<TElement>(StepViews step) where TElement : struct, IDeviceElement
    {
        var room = SharedMemory.Allocate<double>(3 * GroupSums.Warps);
        var gramIsDue = step.GramIsDue;
        var sum0 = 0.0;
        var sum1 = 0.0;
        var sum2 = 0.0;
        for (var index = step.FirstChunk; index < step.EndChunk; index++)
        {
            var chunk = step.Chunk(index);
            if (gramIsDue)
                DeviceGram.Add<TElement>(2, chunk, index == step.FirstChunk, step);
            var c0 = 0f;
            var c1 = 0f;
            var γ = 0f;
            for (var i = Group.IdxX; i < chunk.Quads; i += Group.DimX)
            {
                var gradient = chunk.LoadGradient4(i);
                var old0 = chunk.LoadUnit4<TElement>(0, i);
                var old1 = chunk.LoadUnit4<TElement>(1, i);
                c0 += Float4.Dot(old0, gradient);
                c1 += Float4.Dot(old1, gradient);
                γ += Float4.Dot(gradient, gradient);
            }
            for (var i = 4 * chunk.Quads + Group.IdxX; i < chunk.Count; i += Group.DimX)
            {
                var gradient = chunk.LoadGradient(i);
                var old0 = chunk.LoadUnit<TElement>(0, i);
                var old1 = chunk.LoadUnit<TElement>(1, i);
                c0 += Float4.Dot(old0, gradient);
                c1 += Float4.Dot(old1, gradient);
                γ += Float4.Dot(gradient, gradient);
            }
            sum0 += c0;
            sum1 += c1;
            sum2 += γ;
        }
        GroupSums.AddWarps(0, sum0, room);
        GroupSums.AddWarps(1, sum1, room);
        GroupSums.AddWarps(2, sum2, room);
        GroupSums.Write(3, room, step);
    }

    public static void Advance<TElement>(StepViews step) where TElement : struct, IDeviceElement
    {
        if (!step.IsApplied)
            return;
        const float b_0_9 = 0.9f;
        var scale = step.GradientScale;
        for (var index = step.FirstChunk; index < step.EndChunk; index++)
        {
            var chunk = step.Chunk(index);
            var decay = chunk.Decay;
            var l0 = step.LawOf(0) * chunk.Rate;
            var l1 = step.LawOf(1) * chunk.Rate;
            for (var i = Group.IdxX; i < chunk.Quads; i += Group.DimX)
            {
                var gradient = chunk.LoadGradient4(i) * scale;
                var old0 = chunk.LoadUnit4<TElement>(0, i);
                var parameter = chunk.LoadParameter4(i) * decay;
                var new0 = old0 * b_0_9 + gradient;
                var new1 = gradient;
                parameter += new0 * l0;
                parameter += new1 * l1;
                chunk.StoreUnit4<TElement>(0, i, new0);
                chunk.StoreUnit4<TElement>(1, i, new1);
                chunk.StoreParameter4(i, parameter);
            }
            for (var i = 4 * chunk.Quads + Group.IdxX; i < chunk.Count; i += Group.DimX)
            {
                var gradient = chunk.LoadGradient(i) * scale;
                var old0 = chunk.LoadUnit<TElement>(0, i);
                var parameter = chunk.LoadParameter(i) * decay;
                var new0 = old0 * b_0_9 + gradient;
                var new1 = gradient;
                parameter += new0 * l0;
                parameter += new1 * l1;
                chunk.StoreUnit<TElement>(0, i, new0);
                chunk.StoreUnit<TElement>(1, i, new1);
                chunk.StoreParameter(i, parameter);
            }
        }
    }

    public static void ProjectAndAdvance<TElement>(StepViews step) where TElement : struct, IDeviceElement
    {
        var room = SharedMemory.Allocate<double>(3 * GroupSums.Warps);
        var gramIsDue = step.GramIsDue;
        const float b_0_9 = 0.9f;
        var scale = step.GradientScale;
        var sum0 = 0.0;
        var sum1 = 0.0;
        var sum2 = 0.0;
        for (var index = step.FirstChunk; index < step.EndChunk; index++)
        {
            var chunk = step.Chunk(index);
            var decay = chunk.Decay;
            var l0 = step.LawOf(0) * chunk.Rate;
            var l1 = step.LawOf(1) * chunk.Rate;
            if (gramIsDue)
                DeviceGram.Add<TElement>(2, chunk, index == step.FirstChunk, step);
            var c0 = 0f;
            var c1 = 0f;
            var γ = 0f;
            for (var i = Group.IdxX; i < chunk.Quads; i += Group.DimX)
            {
                var gradient = chunk.LoadGradient4(i);
                var old0 = chunk.LoadUnit4<TElement>(0, i);
                var old1 = chunk.LoadUnit4<TElement>(1, i);
                var parameter = chunk.LoadParameter4(i) * decay;
                c0 += Float4.Dot(old0, gradient);
                c1 += Float4.Dot(old1, gradient);
                γ += Float4.Dot(gradient, gradient);
                gradient *= scale;
                var new0 = old0 * b_0_9 + gradient;
                var new1 = gradient;
                parameter += new0 * l0;
                parameter += new1 * l1;
                chunk.StoreUnit4<TElement>(0, i, new0);
                chunk.StoreUnit4<TElement>(1, i, new1);
                chunk.StoreParameter4(i, parameter);
            }
            for (var i = 4 * chunk.Quads + Group.IdxX; i < chunk.Count; i += Group.DimX)
            {
                var gradient = chunk.LoadGradient(i);
                var old0 = chunk.LoadUnit<TElement>(0, i);
                var old1 = chunk.LoadUnit<TElement>(1, i);
                var parameter = chunk.LoadParameter(i) * decay;
                c0 += Float4.Dot(old0, gradient);
                c1 += Float4.Dot(old1, gradient);
                γ += Float4.Dot(gradient, gradient);
                gradient *= scale;
                var new0 = old0 * b_0_9 + gradient;
                var new1 = gradient;
                parameter += new0 * l0;
                parameter += new1 * l1;
                chunk.StoreUnit<TElement>(0, i, new0);
                chunk.StoreUnit<TElement>(1, i, new1);
                chunk.StoreParameter(i, parameter);
            }
            sum0 += c0;
            sum1 += c1;
            sum2 += γ;
        }
        GroupSums.AddWarps(0, sum0, room);
        GroupSums.AddWarps(1, sum1, room);
        GroupSums.AddWarps(2, sum2, room);
        GroupSums.Write(3, room, step);
    }
}
