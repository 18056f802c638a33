using ILGPU;

namespace Rllc.Kernels;

/// <summary>
/// What a step by moments has beside its generated kernel, the same for all formulas: <see cref="Norm"/>, where the gradient's norm matters →
/// <see cref="Begin"/> → write M and θ.
/// </summary>
internal static class MomentKernels
{
    /// <summary>γ = g·g of each group.</summary>
    /// <param name="step">The step.</param>
    public static void Norm(MomentViews step)
    {
        var sum = 0.0;
        for (var index = step.FirstChunk; index < step.EndChunk; index++)
        {
            var chunk = step.Chunk(index);
            var γ = 0f;
            for (var i = Group.IdxX; i < chunk.Quads; i += Group.DimX)
            {
                var gradient = chunk.LoadGradient4(i);
                γ += Float4.Dot(gradient, gradient);
            }

            for (var i = 4 * chunk.Quads + Group.IdxX; i < chunk.Count; i += Group.DimX)
            {
                var gradient = chunk.LoadGradient(i);
                γ += gradient * gradient;
            }

            sum += γ;
        }

        var room = SharedMemory.Allocate<double>(GroupSums.Warps);
        GroupSums.AddWarps(0, sum, room);
        Group.Barrier();
        if (Group.IdxX == 0)
            step.Elements.Partials[Grid.IdxX] = GroupSums.OfWarps(0, room);
    }

    /// <summary>
    /// Decides whether the step is applied, and if so counts it, for each tensor that has a gradient too, and leaves the factors; in one
    /// group of any number of threads.
    /// </summary>
    /// <param name="step">The step.</param>
    public static void Begin(MomentViews step)
    {
        var lanes = SharedMemory.Allocate<double>(FixedOrderSum.Room);
        var sums = SharedMemory.Allocate<double>(1);
        var settings = step.Settings[0];
        var γ = settings.NeedsNorm != 0 ? Sum(step.Elements.Partials, lanes, sums) : 0;
        var norm = settings.NeedsNorm != 0 ? Math.Sqrt(γ) / settings.LossScale : double.NaN;
        var skips = settings.SkipNonFinite != 0;
        var clipFactor = 1.0;
        var applied = true;
        // As MeasureGradient of the host; all threads come to the same.
        if (skips && !(norm <= double.MaxValue))
            applied = false;
        else if (settings.NeedsNorm != 0)
            clipFactor = GradientScaling.ClipFactor(norm, settings.MaxGradientNorm);
        var scale = (float)((settings.Maximize != 0 ? -clipFactor : clipFactor) / settings.LossScale);
        if (skips && applied && !(γ * scale * scale <= LawState.GradientShare * TensorOptimizer.Limit))
            applied = false;

        if (applied && settings.SumsNorms != 0)
            MeasureTensors(step, lanes, sums);
        if (applied)
            for (var tensor = Group.IdxX; tensor < step.Elements.Tensors.IntLength; tensor += Group.DimX)
                if (step.Elements.Tensors[tensor].Gradient != 0)
                    Prepare(tensor, (settings.SumsNorms != 0 ? NormOfGroup(step.Elements.Tensors[tensor].Group, step) / settings.LossScale : norm) * clipFactor, settings, step);
        if (Group.IdxX != 0)
            return;
        if (applied)
            step.Counters[0].Step++;
        else
            step.Counters[0].Skipped++;
        step.Outcome[0] = new() { GradientNorm = norm, ClipFactor = clipFactor, GradientScale = scale, Applied = applied ? 1 : 0 };
    }

    // For all threads.
    private static double Sum(ArrayView<double> partials, ArrayView<double> lanes, ArrayView<double> sums)
    {
        FixedOrderSum.Of(partials, stride: 1, count: 1, lanes, sums);
        return sums[0];
    }

    // The raw gradient's norm of each tensor; for all threads. A group of the pass has had one chunk.
    private static void MeasureTensors(MomentViews step, ArrayView<double> lanes, ArrayView<double> sums)
    {
        var chunk = 0;
        for (var tensor = 0; tensor < step.Elements.Tensors.IntLength; tensor++)
        {
            var first = chunk;
            chunk = FirstChunkAfter(tensor, first, step.Elements.Chunks);
            var γ = Sum(step.Elements.Partials.SubView(first, chunk - first), lanes, sums);
            if (Group.IdxX == 0)
                step.Norms[tensor] = Math.Sqrt(γ);
        }

        Group.Barrier();
    }

    // Chunks come tensor by tensor.
    private static int FirstChunkAfter(int tensor, int first, ArrayView<DeviceChunk> chunks)
    {
        var end = chunks.IntLength;
        while (first < end)
        {
            var middle = first + (end - first) / 2;
            if (chunks[middle].Tensor <= tensor)
                first = middle + 1;
            else
                end = middle;
        }

        return first;
    }

    private static double NormOfGroup(int group, MomentViews step)
    {
        var sum = 0.0;
        for (var tensor = 0; tensor < step.Elements.Tensors.IntLength; tensor++)
            if (step.Elements.Tensors[tensor].Group == group)
                sum += step.Norms[tensor];
        return sum;
    }

    /// <summary>Counts a step of a tensor and computes its factors, by one thread.</summary>
    private static void Prepare(int tensor, double key, MomentSettings settings, MomentViews step)
    {
        var steps = step.Steps[tensor];
        var t = steps + 1;
        step.Steps[tensor] = t;
        double learningRate = step.Elements.Tensors[tensor].Rate;
        double weightDecay = step.Elements.Tensors[tensor].Decay;
        var capacity = settings.Capacity;
        var entries = steps < capacity ? (int)steps : capacity;
        step.Factors[tensor] = new()
        {
            Penalty = settings.IsDecoupled != 0 ? 0 : (float)weightDecay,
            Decay = settings.IsDecoupled != 0 ? (float)(-learningRate * weightDecay) : 0,
            Rate = (float)(-learningRate / (1 - IntegerPower.Of(settings.Beta1, t))),
            Root = (float)(1 / Math.Sqrt(1 - IntegerPower.Of(settings.Beta2, t))),
            Mean = entries == 0 ? 0 : 1f / entries,
            Place = capacity > 0 ? Offer(tensor, steps, key, settings, step.Keys) : -1,
            SumIsDue = settings.SumInterval > 0 && t % settings.SumInterval == 0 ? 1 : 0,
        };
    }

    /// <summary>As <see cref="CriticalKeys.Offer"/>.</summary>
    private static int Offer(int tensor, long steps, double key, MomentSettings settings, ArrayView<double> keys)
    {
        var capacity = settings.Capacity;
        var first = (long)tensor * capacity;
        var place = 0;
        if (steps < capacity)
        {
            place = (int)steps;
        }
        else
        {
            for (var i = 1; i < capacity; i++)
                if (keys[first + i] < keys[first + place])
                    place = i;
            if (!(key > keys[first + place]))
                place = -1;
        }

        for (var i = 0; i < capacity; i++)
            keys[first + i] = (i == place ? key : keys[first + i]) * settings.KeyDecay;
        return place;
    }
}
