namespace Rllc.Kernels.Tests.Faulty;

[StepKernels("Misspelt", "Mo(0)")]
internal static class MisspeltKernels;

/// <summary>Its Advance takes the wrong argument.</summary>
[StepKernels("Incomplete", "M(0)")]
internal static class IncompleteKernels
{
    public static void Project<TElement>(StepViews step) where TElement : struct, IDeviceElement => Nothing.Do(step);

    public static void Advance<TElement>(int step) where TElement : struct, IDeviceElement
    {
    }
}

/// <summary>Its Advance allocates on the managed heap.</summary>
[StepKernels("Allocating", "M(0)")]
internal static class AllocatingKernels
{
    public static void Project<TElement>(StepViews step) where TElement : struct, IDeviceElement => Nothing.Do(step);

    public static void Advance<TElement>(StepViews step) where TElement : struct, IDeviceElement
    {
        var chunk = step.Chunk(0);
        chunk.StoreParameter(0, new object().GetHashCode());
    }

    public static void ProjectAndAdvance<TElement>(StepViews step) where TElement : struct, IDeviceElement => Nothing.Do(step);
}

/// <summary>Its Project calls a function that ILGPU declares and does not define.</summary>
[StepKernels("Unresolved", "M(0)")]
internal static class UnresolvedKernels
{
    public static void Project<TElement>(StepViews step) where TElement : struct, IDeviceElement
    {
        var chunk = step.Chunk(0);
        chunk.StoreParameter(0, MathF.Cbrt(chunk.LoadParameter(0)));
    }

    public static void Advance<TElement>(StepViews step) where TElement : struct, IDeviceElement => Nothing.Do(step);

    public static void ProjectAndAdvance<TElement>(StepViews step) where TElement : struct, IDeviceElement => Nothing.Do(step);
}

file static class Nothing
{
    public static void Do(StepViews step) => step.Chunk(0).StoreParameter(0, 0);
}
