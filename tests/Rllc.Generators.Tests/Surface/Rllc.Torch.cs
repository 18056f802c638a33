// What generated code uses of Rllc.Torch, by its signatures alone.
using System;
using System.Collections.Generic;
using TorchSharp.Modules;

namespace Rllc;

public record TorchOptimizerOptions : OptimizerOptions;

public record TorchMomentOptions : MomentOptions;

public abstract class TorchMomentOptimizer
{
    protected TorchMomentOptimizer(MomentFormula formula, IEnumerable<ParamGroup> parameterGroups, TorchMomentOptions options) => throw null!;

    protected TorchMomentOptimizer(MomentFormula formula, IEnumerable<Parameter> parameters, TorchMomentOptions options) => throw null!;

    protected TorchMomentOptimizer(MomentFormula formula, IEnumerable<(string name, Parameter parameter)> parameters, TorchMomentOptions options) => throw null!;

    protected abstract MomentOptimizer CreateOnCpu(ReadOnlySpan<long> lengths, MomentOptions options);
}

public abstract class TorchOptimizer
{
    protected TorchOptimizer(MemoryRule memory, IEnumerable<ParamGroup> parameterGroups, TorchOptimizerOptions options) => throw null!;

    protected TorchOptimizer(MemoryRule memory, IEnumerable<Parameter> parameters, TorchOptimizerOptions options) => throw null!;

    protected TorchOptimizer(MemoryRule memory, IEnumerable<(string name, Parameter parameter)> parameters, TorchOptimizerOptions options) => throw null!;

    public ReadOnlySpan<double> LawCoefficients(int law = 0) => throw null!;

    protected abstract Optimizer CreateOnCpu(ReadOnlySpan<long> lengths, OptimizerOptions options);
}
