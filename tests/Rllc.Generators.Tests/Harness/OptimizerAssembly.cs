using System.Reflection;

namespace Rllc.Generators.Tests.Harness;

/// <summary>Optimizers of several specs, generated and compiled in one go.</summary>
internal sealed class OptimizerAssembly
{
    private readonly Assembly assembly;

    /// <summary>Compiles one optimizer for each spec.</summary>
    public OptimizerAssembly(IReadOnlyList<string> specs)
    {
        Specs = specs;
        assembly = ConsumerProject.Of("using Rllc;\n" + string.Concat(specs.Select((spec, index) =>
            $"[Propagator(\"{spec}\")] internal sealed partial class Optimizer{index};\n"))).Generate().Load();
    }

    /// <summary>The specs.</summary>
    public IReadOnlyList<string> Specs { get; }

    /// <summary>The class of a spec.</summary>
    public Type Type(int index) => assembly.GetType($"Optimizer{index}", throwOnError: true)!;

    /// <summary>An optimizer of a spec.</summary>
    public Optimizer Create(int index, long length, OptimizerOptions options)
    {
        // The emitted constructor takes the class's own options: the same properties, with other defaults.
        var type = Type(index);
        var own = Activator.CreateInstance(type.GetNestedType("Options")!)!;
        foreach (var property in typeof(OptimizerOptions).GetProperties().Where(property => property.CanWrite))
            property.SetValue(own, property.GetValue(options));
        return (Optimizer)Activator.CreateInstance(type, length, own)!;
    }
}
