namespace Rllc;

/// <summary>
/// Marks a ref parameter of a memory rule as hidden state: it is kept from step to step as the units are, but no law combines it.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HiddenAttribute : Attribute;
