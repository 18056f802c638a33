namespace Landscapes.Optimizers;

/// <summary>An optimizer to be compared.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Description">Its declaration in words.</param>
/// <param name="Start">Begins with as many parameters, at a learning rate.</param>
internal sealed record Contender(string Name, string Description, Func<int, double, ITrial> Start);
