namespace Rllc.Generators;

/// <summary>A memory that is declared by its matrices, as they are written: nothing is checked yet.</summary>
/// <param name="B">B, row by row.</param>
/// <param name="a">a.</param>
internal sealed record GivenMemory(EquatableArray<double> B, EquatableArray<double> a);
