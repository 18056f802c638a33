namespace Rllc.Cuda.Tests;

/// <summary>
/// The kernels of a step in plain loops, on the memory of the recording driver: they know nothing but their argument, the spec
/// and what M is kept in, which is float32.
/// </summary>
internal sealed unsafe class HostKernels(LinearMemory memory, OptimizerOptions options)
{
    private readonly int _k = memory.UnitCount;

    /// <summary>Runs a kernel, as the driver comes to its launch.</summary>
    public void Run(string kernel, nint* arguments)
    {
        var step = *(StepArguments*)arguments[0];
        switch (kernel)
        {
            case "Project":
                Pass(step, writes: false);
                break;
            case "Advance":
                Pass(step, writes: true);
                break;
            case "ProjectAndAdvance":
                Pass(step, writes: false);
                Pass(step, writes: true);
                break;
            case "SolveExact":
                Solve(step, isExact: true);
                PrepareWriting(step);
                break;
            case "BeginDelayed":
                var law = ReadLaw(step);
                law.ApplyPending();
                WriteLaw(step, law, steps: 0);
                PrepareWriting(step);
                break;
            case "EndDelayed":
                Solve(step, isExact: false);
                break;
            case "BeginFixed":
                Model.At(step.Law.Counters)[0].Step++;
                Model.At(step.Law.Factors)[0].GradientNorm = double.NaN;
                PrepareWriting(step);
                break;
        }
    }

    private void Pass(in StepArguments step, bool writes)
    {
        var chunks = Model.At(step.Elements.Chunks);
        var groups = (chunks.Length + step.Elements.ChunksPerGroup - 1) / step.Elements.ChunksPerGroup;
        for (var group = 0; group < groups; group++)
        {
            var end = Math.Min((group + 1) * step.Elements.ChunksPerGroup, chunks.Length);
            var sums = Model.At(step.Elements.Partials).Slice(group * SumCount, SumCount);
            if (!writes)
                sums.Clear();
            foreach (ref var chunk in chunks[(group * step.Elements.ChunksPerGroup)..end])
            {
                var tensor = Model.At(step.Elements.Tensors)[chunk.Tensor];
                for (var i = 0; i < chunk.Count && tensor.Gradient != 0; i++)
                {
                    ref var θ = ref At(step.Elements.Addresses, tensor.Parameters + chunk.Offset + i);
                    var g = At(step.Elements.Addresses, tensor.Gradient + chunk.Offset + i);
                    if (writes)
                        Write(step, chunk.Row + i, tensor, ref θ, g);
                    else
                        Sum(step, chunk.Row + i, g, sums);
                }
            }
        }
    }

    private void Sum(in StepArguments step, long row, double g, Span<double> sums)
    {
        var pair = _k + 1;
        for (var i = 0; i < _k; i++)
        {
            sums[i] += g * Unit(step, i, row);
            for (var j = i; j < _k; j++)
                sums[pair++] += (double)Unit(step, i, row) * Unit(step, j, row);
        }
        sums[_k] += g * g;
    }

    private void Write(in StepArguments step, long row, in DeviceTensor tensor, ref float θ, float g)
    {
        var factors = Model.At(step.Law.Factors)[0];
        var old = new double[_k];
        for (var i = 0; i < _k; i++)
            old[i] = Unit(step, i, row);
        double moved = tensor.Decay * θ;
        for (var i = 0; i < _k; i++)
        {
            var entry = factors.GradientScale * g * Model.At(step.Law.a)[i];
            for (var j = 0; j < _k; j++)
                entry += old[j] * Model.At(step.Law.B)[j * _k + i];
            Unit(step, i, row) = (float)entry;
            moved += entry * Model.At(step.Law.StepLaw)[i] * tensor.Rate;
        }
        θ = (float)moved;
    }

    private void Solve(in StepArguments step, bool isExact)
    {
        var sums = new double[SumCount];
        var partials = Model.At(step.Elements.Partials);
        for (var i = 0; i < partials.Length; i++)
            sums[i % SumCount] += partials[i];
        var settings = Model.At(step.Law.Settings)[0];
        ref var factors = ref Model.At(step.Law.Factors)[0];
        factors.GradientNorm = Math.Sqrt(sums[_k]) / settings.LossScale;

        var scale = 1 / settings.LossScale;
        var (c, γ) = (sums[.._k].Select(sum => sum * scale).ToArray(), sums[_k] * scale * scale);
        var law = ReadLaw(step);
        if (Model.At(step.Law.Counters)[0].GramRequested != 0 || settings.SomeHaveNoGradient != 0)
        {
            var gram = new double[_k * _k];
            ExactGram.Unfold(sums.AsSpan(_k + 1), _k, gram);
            law.SetGram(gram);
            Model.At(step.Law.Counters)[0].GramRequested = settings.SomeHaveNoGradient;
        }
        if (isExact)
            law.Correct(c);
        else
            law.Postpone(c);
        law.Advance(c, γ);
        WriteLaw(step, law, steps: 1);
    }

    private void PrepareWriting(in StepArguments step)
    {
        var settings = Model.At(step.Law.Settings)[0];
        ref var factors = ref Model.At(step.Law.Factors)[0];
        factors = factors with
        {
            ClipFactor = 1,
            GradientScale = (float)(1 / settings.LossScale),
            Applied = 1,
        };
        for (var i = 0; i < _k; i++)
            Model.At(step.Law.StepLaw)[i] = (float)(-settings.LearningRate * Model.At(step.Law.L)[i]);
    }

    private LawState ReadLaw(in StepArguments step)
    {
        var k = (int)step.Law.a.Length;
        var law = new LawState(
            SquareMatrix.FromRowMajor(k, Model.At(step.Law.B)), [.. Model.At(step.Law.a)], SquareMatrix.FromRowMajor(k, Model.At(step.Law.S)), options);
        law.Restore(Model.At(step.Law.Counters)[0].Step, Model.At(step.Law.L), Model.At(step.Law.G), Model.At(step.Law.Pending));
        law.LawLearningRate = Model.At(step.Law.Settings)[0].LawLearningRate;
        return law;
    }

    private static void WriteLaw(in StepArguments step, LawState law, int steps)
    {
        law.L.CopyTo(Model.At(step.Law.L));
        law.G.CopyTo(Model.At(step.Law.G));
        law.Pending.CopyTo(Model.At(step.Law.Pending));
        Model.At(step.Law.Counters)[0].Step += steps;
    }

    private int SumCount => _k + 1 + ExactGram.PairCount(_k);

    private static ref float At(DeviceView<float> addresses, long index) => ref ((float*)addresses.Address)[index];

    private static ref float Unit(in StepArguments step, int unit, long row) => ref ((float*)step.Elements.M.Address)[unit * step.Elements.Rows + row];
}
