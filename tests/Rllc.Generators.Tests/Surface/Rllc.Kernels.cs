// What generated code uses of Rllc.Kernels, by its signatures alone.
using System;
using ILGPU;
using ILGPU.Runtime;

namespace Rllc.Kernels;

public abstract class KernelsAttribute(string optimizer) : Attribute
{
    public string Optimizer => optimizer;
}

[AttributeUsage(AttributeTargets.Class)]
public sealed class StepKernelsAttribute(string optimizer, string spec) : KernelsAttribute(optimizer)
{
    public string Spec => spec;
}

[AttributeUsage(AttributeTargets.Class)]
public sealed class MomentKernelsAttribute(string optimizer) : KernelsAttribute(optimizer)
{
    public MomentKind Kind { get; set; }

    public double Beta1 { get; set; }

    public double Beta2 { get; set; }

    public double Epsilon { get; set; }

    public bool IsDecoupled { get; set; }

    public CriticalKind Critical { get; set; }

    public int Capacity { get; set; }

    public double Decay { get; set; }

    public bool IsReference { get; set; }
}

[AttributeUsage(AttributeTargets.Class)]
public sealed class RuleKernelsAttribute : KernelsAttribute
{
    public RuleKernelsAttribute(string optimizer, string[] units, string[] state, string digest) : base(optimizer) => throw null!;
}

public interface IDeviceElement;

public readonly struct Float1 : INumbers<Float1>
{
    public static implicit operator Float1(float value) => throw null!;

    public static implicit operator float(Float1 x) => throw null!;

    public static Float1 Zero => throw null!;

    public static Float1 Create(float value) => throw null!;

    public static Float1 FusedMultiplyAdd(Float1 x, Float1 y, Float1 z) => throw null!;

    public static Float1 Abs(Float1 x) => throw null!;

    public static Float1 Sign(Float1 x) => throw null!;

    public static Float1 Min(Float1 x, Float1 y) => throw null!;

    public static Float1 Max(Float1 x, Float1 y) => throw null!;

    public static Float1 Sqrt(Float1 x) => throw null!;

    public static Float1 operator -(Float1 x) => throw null!;

    public static Float1 operator +(Float1 x, Float1 y) => throw null!;

    public static Float1 operator -(Float1 x, Float1 y) => throw null!;

    public static Float1 operator *(Float1 x, Float1 y) => throw null!;

    public static Float1 operator /(Float1 x, Float1 y) => throw null!;
}

public struct Float4 : INumbers<Float4>
{
    public static Float4 Zero => throw null!;

    public static Float4 Create(float value) => throw null!;

    public static Float4 FusedMultiplyAdd(Float4 x, Float4 y, Float4 z) => throw null!;

    public static Float4 Abs(Float4 x) => throw null!;

    public static Float4 Sign(Float4 x) => throw null!;

    public static Float4 Min(Float4 x, Float4 y) => throw null!;

    public static Float4 Max(Float4 x, Float4 y) => throw null!;

    public static Float4 operator -(Float4 x) => throw null!;

    public static Float4 operator +(Float4 x, Float4 y) => throw null!;

    public static Float4 operator -(Float4 x, Float4 y) => throw null!;

    public static Float4 operator *(Float4 x, float y) => throw null!;

    public static Float4 operator *(Float4 x, Float4 y) => throw null!;

    public static Float4 operator /(Float4 x, Float4 y) => throw null!;

    public static Float4 operator +(Float4 x, float y) => throw null!;

    public static Float4 Sqrt(Float4 x) => throw null!;

    public static float Sqrt(float x) => throw null!;

    public static float Dot(Float4 x, Float4 y) => throw null!;

    public static float Dot(float x, float y) => throw null!;
}

public struct StepViews
{
    public readonly int FirstChunk => throw null!;

    public readonly int EndChunk => throw null!;

    public readonly bool GramIsDue => throw null!;

    public readonly bool IsApplied => throw null!;

    public readonly long StepCount => throw null!;

    public readonly float GradientScale => throw null!;

    public readonly float LawOf(int unit) => throw null!;

    public readonly ChunkViews Chunk(int index) => throw null!;
}

public struct MomentViews
{
    public readonly int FirstChunk => throw null!;

    public readonly int EndChunk => throw null!;

    public readonly bool IsApplied => throw null!;

    public readonly float GradientScale => throw null!;

    public readonly ChunkViews Chunk(int index) => throw null!;

    public readonly MomentRates RatesOf(int index) => throw null!;
}

public struct MomentRates
{
    public readonly float Penalty => throw null!;

    public readonly float Decay => throw null!;

    public readonly float Rate => throw null!;

    public readonly float Root => throw null!;

    public readonly float Mean => throw null!;

    public readonly int Place => throw null!;

    public readonly bool SumIsDue => throw null!;
}

public struct ChunkViews
{
    public readonly int Count => throw null!;

    public readonly int Quads => throw null!;

    public readonly float Rate => throw null!;

    public readonly float Decay => throw null!;

    public readonly float LoadGradient(int index) => throw null!;

    public readonly Float4 LoadGradient4(int index) => throw null!;

    public readonly float LoadParameter(int index) => throw null!;

    public readonly Float4 LoadParameter4(int index) => throw null!;

    public readonly void StoreParameter(int index, float value) => throw null!;

    public readonly void StoreParameter4(int index, Float4 values) => throw null!;

    public readonly float LoadUnit<TElement>(int unit, int index) where TElement : struct, IDeviceElement => throw null!;

    public readonly Float4 LoadUnit4<TElement>(int unit, int index) where TElement : struct, IDeviceElement => throw null!;

    public readonly float SumUnits<TElement>(int first, int count, int index) where TElement : struct, IDeviceElement => throw null!;

    public readonly Float4 SumUnits4<TElement>(int first, int count, int index) where TElement : struct, IDeviceElement => throw null!;

    public readonly void StoreUnit<TElement>(int unit, int index, float value) where TElement : struct, IDeviceElement => throw null!;

    public readonly void StoreUnit4<TElement>(int unit, int index, Float4 values) where TElement : struct, IDeviceElement => throw null!;
}

public static class GroupSums
{
    public const int Warps = 8;

    public static void AddWarps(int number, double value, ArrayView<double> room) => throw null!;

    public static void Write(int count, ArrayView<double> room, StepViews step) => throw null!;
}

public static class DeviceGram
{
    public static void Add<TElement>(int units, ChunkViews chunk, bool isFirst, StepViews step) where TElement : struct, IDeviceElement => throw null!;
}

public abstract class DeviceMomentOptimizer
{
    protected DeviceMomentOptimizer(Accelerator accelerator, MomentFormula formula, ReadOnlySpan<long> lengths, MomentOptions options, Type kernels) => throw null!;
}

public abstract class DeviceOptimizer
{
    protected DeviceOptimizer(Accelerator accelerator, MemoryRule memory, ReadOnlySpan<long> lengths, OptimizerOptions options, Type kernels) => throw null!;
}
