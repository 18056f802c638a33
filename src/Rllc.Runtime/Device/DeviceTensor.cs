namespace Rllc;

/// <summary>
/// Where a tensor is in a step and what it is moved with. Its place in device memory is given as the kernels' index of its first element in an array of float32 that
/// begins at address 0. So tensors of any owner are reached through one view, and a kernel sees from the index how they are aligned.
/// </summary>
internal record struct DeviceTensor
{
    /// <summary>θ.</summary>
    public long Parameters;

    /// <summary>g; 0 where the tensor has no gradient in this step.</summary>
    public long Gradient;

    /// <summary>Of a law, its c₁ as a share of the highest one; of moments, c₁.</summary>
    public float Rate;

    /// <summary>Of a law, 1 − c₁ · weight decay; of moments, its weight decay.</summary>
    public float Decay;

    /// <summary>Its group, from 0.</summary>
    public int Group;

    /// <summary>
    /// Whether it has a gradient and is taken element by element: θ or g does not begin at a multiple of 16 bytes, of which a thread
    /// loads as many at once elsewhere.
    /// </summary>
    public readonly bool IsScalar => Gradient != 0 && ((Parameters | Gradient) & 3) != 0;
}
