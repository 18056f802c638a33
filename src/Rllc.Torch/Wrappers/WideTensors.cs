using TorchSharp;

namespace Rllc;

/// <summary>Sums over tensors in float64, left on their devices until they are read all at once.</summary>
internal static class WideTensors
{
    /// <summary>A copy in float64, to be disposed.</summary>
    public static torch.Tensor Copy(torch.Tensor tensor) => tensor.to(torch.float64, copy: true).DetachFromDisposeScope();

    /// <summary>The sum of squares, one number, to be disposed.</summary>
    public static torch.Tensor Squares(torch.Tensor tensor) => Dot(tensor, tensor);

    /// <summary>The sum of products, one number, to be disposed.</summary>
    public static torch.Tensor Dot(torch.Tensor x, torch.Tensor y)
    {
        using var products = Copy(x);
        return products.mul_(y).sum().DetachFromDisposeScope();
    }

    /// <summary>Reads numbers, and disposes them.</summary>
    /// <param name="numbers">One number each; float64.</param>
    public static double[] Read(IReadOnlyList<torch.Tensor> numbers)
    {
        if (numbers.Count == 0)
            return [];
        using var scope = torch.NewDisposeScope();
        try
        {
            return torch.stack(numbers.Select(number => number.to(numbers[0].device))).cpu().data<double>().ToArray();
        }
        finally
        {
            foreach (var number in numbers)
                number.Dispose();
        }
    }

    /// <summary>The sum of numbers, which are disposed.</summary>
    /// <param name="numbers">One number each; float64.</param>
    public static double Sum(IEnumerable<torch.Tensor> numbers) => Read([.. numbers]).Sum();
}
