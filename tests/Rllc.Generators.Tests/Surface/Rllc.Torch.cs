// What generated code uses of Rllc.Torch, by its signatures alone.
using System;
using System.Collections.Generic;
using TorchSharp.Modules;

namespace Rllc;

public record TorchOptimizerOptions : OptimizerOptions;

public abstract class TorchOptimizer
{
    protected TorchOptimizer(LinearMemory memory, IEnumerable<ParamGroup> parameterGroups, TorchOptimizerOptions options) => throw null!;

    protected TorchOptimizer(LinearMemory memory, IEnumerable<Parameter> parameters, TorchOptimizerOptions options) => throw null!;

    protected TorchOptimizer(LinearMemory memory, IEnumerable<(string name, Parameter parameter)> parameters, TorchOptimizerOptions options) => throw null!;

    public ReadOnlySpan<double> LawCoefficients(int law = 0) => throw null!;

    protected abstract Optimizer CreateOnCpu(ReadOnlySpan<long> lengths, OptimizerOptions options);
}
