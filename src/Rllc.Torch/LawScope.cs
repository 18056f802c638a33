namespace Rllc;

/// <summary>Which parameters share a learning law L, and with it c, γ and G.</summary>
public enum LawScope
{
    /// <summary>One law for all parameters, as in the paper.</summary>
    Global,

    /// <summary>A law for each parameter group; each steps, clips and skips for itself.</summary>
    ParameterGroup,

    /// <summary>A law for each parameter; each steps, clips and skips for itself.</summary>
    Parameter,
}
