using Microsoft.CodeAnalysis;

namespace Rllc.Generators;

/// <summary>Emits an optimizer for every class that declares its memory with [Propagator].</summary>
[Generator(LanguageNames.CSharp)]
public sealed class PropagatorGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
    }
}
