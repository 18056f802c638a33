namespace Rllc.Generators;

/// <summary>What hands parameters and gradients to the kernels: the base class of a declaration.</summary>
internal enum Host
{
    /// <summary>Rllc.Optimizer or Rllc.MomentOptimizer: flat spans on the CPU; the base also where none is written.</summary>
    Spans,

    /// <summary>Rllc.TorchOptimizer or Rllc.TorchMomentOptimizer: TorchSharp's parameters.</summary>
    Torch,
}
