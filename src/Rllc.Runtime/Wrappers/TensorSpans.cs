namespace Rllc;

/// <summary>The tensors of the current call as spans, while they are pinned.</summary>
internal static unsafe class TensorSpans
{
    /// <summary>A tensor's parameters.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="tensor">Which one.</param>
    /// <param name="length">Its number of elements.</param>
    public static Span<float> ParametersOf(this TensorAddresses tensors, int tensor, int length) => new(tensors.Parameters(tensor), length);

    /// <summary>A tensor's gradient; empty where it has none.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="tensor">Which one.</param>
    /// <param name="length">Its number of elements.</param>
    public static ReadOnlySpan<float> GradientOf(this TensorAddresses tensors, int tensor, int length) =>
        tensors.Gradient(tensor) is null ? [] : new(tensors.Gradient(tensor), length);
}
