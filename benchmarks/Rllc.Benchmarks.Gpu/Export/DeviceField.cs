namespace Rllc.Benchmarks.Gpu;

/// <summary>A field of a <see cref="DeviceStruct"/>.</summary>
/// <param name="Name">Its name in the source.</param>
/// <param name="Type">int32, int64, float32, float64, view or the name of another struct.</param>
/// <param name="Offset">Bytes before it.</param>
/// <param name="Size">Its bytes.</param>
internal sealed record DeviceField(string Name, string Type, int Offset, int Size);
