namespace Rllc.Runtime.Tests.Safety;

/// <summary>Tests that measure the process, or need the processors for themselves, run when all others have ended.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
