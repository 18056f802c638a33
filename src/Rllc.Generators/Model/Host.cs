namespace Rllc.Generators;

/// <summary>What hands parameters and gradients to the kernels: the base class of a declaration.</summary>
internal enum Host
{
    /// <summary>Rllc.Optimizer: flat spans on the CPU; the base also where none is written.</summary>
    Spans,

    /// <summary>Rllc.TorchOptimizer: TorchSharp's parameters.</summary>
    Torch,
}
